package dev.spillway.common.ecs;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskSize;

/**
 * A container instance and what is free on it (ECS API reference, ContainerInstance).
 *
 * @param type the attribute {@code ecs.instance-type}, which the agent sets; empty if it has none
 * @param capacity the attribute {@code spillway.capacity}: {@code spot} or {@code on-demand}; empty if it has none
 * @param takesTasks whether it is ACTIVE and its agent is connected
 * @param tasks how many run there or are about to
 * @param registered what it has
 * @param free what is left of it
 */
public record InstanceRoom(
        String arn, String type, String capacity, boolean takesTasks, int tasks, TaskSize registered, TaskSize free) {

    /** Whether a task that wants the capacity type may be placed here. */
    public boolean isOf(CapacityType type) {
        return switch (type) {
            case EC2 -> true;
            case EC2_SPOT -> capacity.equals("spot");
            case EC2_ON_DEMAND -> capacity.equals("on-demand");
            case FARGATE, FARGATE_SPOT, LAMBDA -> false;
        };
    }
}
