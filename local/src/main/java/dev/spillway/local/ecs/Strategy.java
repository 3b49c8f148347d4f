package dev.spillway.local.ecs;

/** A placement strategy of RunTask; several narrow the choice in their order. */
sealed interface Strategy {

    /** Any of them. */
    record AnyInstance() implements Strategy {}

    /** Where the group has the fewest tasks, counted by instance. */
    record SpreadByInstance() implements Strategy {}

    /** Where the group has the fewest tasks, counted by the attribute's value. */
    record SpreadByAttribute(String attribute) implements Strategy {}

    /** Where the least CPU is left. */
    record BinpackByCpu() implements Strategy {}

    /** Where the least memory is left. */
    record BinpackByMemory() implements Strategy {}
}
