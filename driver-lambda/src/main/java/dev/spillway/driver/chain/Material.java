package dev.spillway.driver.chain;

import dev.spillway.common.aws.AwsFailure;
import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.task.TaskSize;
import org.jspecify.annotations.Nullable;

/** What is known of the things that a request names, before anything is asked of AWS for it. */
public sealed interface Material {

    /**
     * All that is needed.
     *
     * @param definition null where the request names only a function
     * @param size of the whole task; null where the request names only a function
     */
    record Ready(
            @Nullable TaskDefinitionFacts definition,
            @Nullable TaskSize size) implements Material {}

    /** The task definition cannot be read. */
    record Missing(AwsFailure why) implements Material {}

    /** The request contradicts the task definition. */
    record Contradiction(String why) implements Material {}
}
