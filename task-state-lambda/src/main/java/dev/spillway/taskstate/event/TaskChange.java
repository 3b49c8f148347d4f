package dev.spillway.taskstate.event;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of an ECS task at one version (ECS developer guide, "Amazon ECS task state change events").
 *
 * @param version grows with each change; a smaller one is older news
 * @param launchType EC2 or FARGATE; null if ECS does not say
 * @param containerInstanceArn null on Fargate, and on EC2 as long as ECS has no instance for the task
 * @param stopCode null unless the task is stopping or has stopped
 * @param stoppedReason in ECS's words; empty if there are none
 */
public record TaskChange(
        String taskArn,
        long version,
        String lastStatus,
        String taskDefinitionArn,
        @Nullable String launchType,
        @Nullable String containerInstanceArn,
        @Nullable String stopCode,
        String stoppedReason,
        List<Container> containers,
        @Nullable Instant startedAt,
        @Nullable Instant stoppedAt) {

    private static final Set<String> MAY_RUN = Set.of("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING");

    public TaskChange {
        containers = List.copyOf(containers);
    }

    /**
     * A container of the task.
     *
     * @param exitCode null if the container never ran
     * @param reason why it stopped, in ECS's words; empty if there are none
     */
    public record Container(String name, @Nullable Integer exitCode, String reason) {}

    /** Whether it is for a container instance, whether it has one or not. */
    public boolean isOnEc2() {
        return launchType == null ? containerInstanceArn != null : launchType.equals("EC2");
    }

    /** Whether it is for a container instance and has none, or never had one. */
    public boolean hasNoInstance() {
        return isOnEc2() && containerInstanceArn == null;
    }

    /** Whether ECS has accepted it and waits for an instance to put it on. */
    public boolean lacksInstance() {
        return hasNoInstance() && lastStatus.equals("PROVISIONING");
    }

    public boolean isRunning() {
        return lastStatus.equals("RUNNING");
    }

    /** Whether nobody has stopped it yet (ECS developer guide, "Amazon ECS task lifecycle"). */
    public boolean mayRun() {
        return MAY_RUN.contains(lastStatus);
    }

    public boolean hasStopped() {
        return lastStatus.equals("STOPPED");
    }
}
