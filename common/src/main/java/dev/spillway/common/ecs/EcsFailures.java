package dev.spillway.common.ecs;

import software.amazon.awssdk.services.ecs.model.Failure;

/** Reads the failures that stand in an answer of ECS beside what it has found (ECS developer guide, "API failure reasons"). */
public final class EcsFailures {

    private static final String MISSING = "MISSING";

    private EcsFailures() {}

    /** Whether there is no such thing (any more). With any other reason it may be there. */
    public static boolean isMissing(Failure failure) {
        return MISSING.equals(failure.reason());
    }
}
