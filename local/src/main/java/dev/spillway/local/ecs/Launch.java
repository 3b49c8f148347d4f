package dev.spillway.local.ecs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/**
 * What a RunTask call asks for, checked: the same for each of its {@code count} tasks.
 *
 * @param definition the task definition
 * @param override the overrides, as given
 * @param sizes definition and overrides together
 * @param destinations where each of the tasks is to run: all on Fargate or all on instances
 * @param group the task group
 * @param startedBy as given
 * @param tags as given
 * @param constraints of EC2
 * @param strategies of EC2
 * @param subnet of the task's network interface, in {@code awsvpc} mode
 * @param clientToken as given
 */
record Launch(
        TaskDefinition definition,
        TaskOverride override,
        TaskSizes sizes,
        List<Destination> destinations,
        String group,
        @Nullable String startedBy,
        List<Tag> tags,
        List<Constraint> constraints,
        List<Strategy> strategies,
        @Nullable String subnet,
        @Nullable String clientToken) {

    boolean isFargate() {
        return destinations.getFirst().target().isFargate();
    }

    /**
     * Where one task is to run.
     *
     * @param capacityProvider the one that a strategy named; null if a launch type said where
     */
    record Destination(Target target, @Nullable String capacityProvider) {}

    /** Where tasks can run. */
    enum Target {
        EC2,
        FARGATE,
        FARGATE_SPOT;

        boolean isFargate() {
            return this != EC2;
        }
    }
}
