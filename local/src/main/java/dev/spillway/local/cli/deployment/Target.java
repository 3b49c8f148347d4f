package dev.spillway.local.cli.deployment;

import org.jspecify.annotations.Nullable;

/** Which Spillway a person means. */
public sealed interface Target {

    /** What {@code ./spillway up} of this repository has started. */
    record Here() implements Target {}

    /**
     * A deployed CloudFormation stack.
     *
     * @param region null for the one that the AWS settings name
     */
    record Stack(String name, @Nullable String region) implements Target {}

    /**
     * The parts of a deployment, by name.
     *
     * @param queueUrl null if it was not given; only who sends something needs it
     * @param region null for the one that the AWS settings name
     */
    record Parts(
            String table,
            @Nullable String queueUrl,
            @Nullable String region) implements Target {}

    /** The target in words. */
    default String described() {
        return switch (this) {
            case Here ignored -> "the one that is up here";
            case Stack stack -> "stack " + stack.name();
            case Parts parts -> "table " + parts.table();
        };
    }
}
