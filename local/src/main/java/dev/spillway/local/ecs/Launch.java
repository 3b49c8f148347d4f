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
 * @param target where it is to run
 * @param byStrategy the target came from a capacity provider strategy and not from a launch type
 * @param count how many
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
        Target target,
        boolean byStrategy,
        int count,
        String group,
        @Nullable String startedBy,
        List<Tag> tags,
        List<Constraint> constraints,
        List<Strategy> strategies,
        @Nullable String subnet,
        @Nullable String clientToken) {

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
