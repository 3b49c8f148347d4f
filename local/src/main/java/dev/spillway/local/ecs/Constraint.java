package dev.spillway.local.ecs;

/** A placement constraint of RunTask. */
sealed interface Constraint {

    /** Every task of the group on a container instance of its own. */
    record DistinctInstance() implements Constraint {}

    /** Only on instances that the expression matches. */
    record MemberOf(ClusterQuery query) implements Constraint {}
}
