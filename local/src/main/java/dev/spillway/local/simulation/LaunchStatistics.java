package dev.spillway.local.simulation;

/**
 * What RunTask was asked and what it said.
 *
 * @param calls all calls, repeated ones included
 * @param placed calls that were answered with a task
 * @param refused calls that were answered with "no room", as data or as an exception
 */
public record LaunchStatistics(int calls, int placed, int refused) {

    LaunchStatistics andPlaced() {
        return new LaunchStatistics(calls + 1, placed + 1, refused);
    }

    LaunchStatistics andRefused() {
        return new LaunchStatistics(calls + 1, placed, refused + 1);
    }

    LaunchStatistics andFailed() {
        return new LaunchStatistics(calls + 1, placed, refused);
    }
}
