package dev.spillway.common.ecs;

/** Stops ECS tasks. */
@FunctionalInterface
public interface TaskStopper {

    /**
     * Asks ECS to stop a task; one that has stopped or is unknown by now is left as it is.
     *
     * @param taskArn the ECS task
     * @param reason what ECS keeps as the task's {@code stoppedReason}; at most 255 characters are shown
     */
    void stop(String taskArn, String reason);
}
