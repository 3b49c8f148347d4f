package dev.spillway.common.ecs;

import dev.spillway.common.aws.AwsFailure;
import java.time.Instant;

/** Looks up task definitions. */
@FunctionalInterface
public interface TaskDefinitions {

    /**
     * The definition that the reference names now.
     *
     * @param reference family, family:revision, or ARN
     */
    Lookup find(String reference, Instant now);

    /** The answer to {@link #find}. */
    sealed interface Lookup {

        /** There it is. */
        record Found(TaskDefinitionFacts facts) implements Lookup {}

        /** AWS did not give it; the failure says whether to ask again. */
        record NotFound(AwsFailure why) implements Lookup {}
    }
}
