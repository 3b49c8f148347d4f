package dev.spillway.common.task;

import java.util.List;

/**
 * Where on the cluster's container instances a task may go, and where it would rather go. Constraints are demands: a
 * task that has one is never sent to Fargate, which knows none. Strategies are wishes, left out there.
 *
 * @param constraints at most 10
 * @param strategies at most 5, applied in order
 */
public record Placement(List<Constraint> constraints, List<Strategy> strategies) {

    public static final int MAX_CONSTRAINTS = 10;
    public static final int MAX_STRATEGIES = 5;

    /** No constraint, no strategy. */
    public static final Placement ANYWHERE = new Placement(List.of(), List.of());

    public Placement {
        constraints = List.copyOf(constraints);
        strategies = List.copyOf(strategies);
    }

    /** A placement constraint of ECS. */
    public sealed interface Constraint {

        /** Only instances that the expression of the cluster query language selects. */
        record MemberOf(String expression) implements Constraint {}

        /** An instance of its own among the tasks of the same launch. */
        record DistinctInstance() implements Constraint {}
    }

    /**
     * A placement strategy of ECS.
     *
     * @param type {@code binpack}, {@code spread} or {@code random}
     * @param field {@code cpu} or {@code memory}; an attribute or {@code instanceId}; empty for random
     */
    public record Strategy(Type type, String field) {

        /** The strategies of ECS. */
        public enum Type {
            BINPACK,
            SPREAD,
            RANDOM
        }
    }
}
