package dev.spillway.local.crash;

import java.time.Duration;

/** How long the tasks run, and when the events of ECS and Lambda arrive. */
enum News {
    /** Every event arrives at once, and a task is over before a message comes again. */
    AT_ONCE(Duration.ofMinutes(1), Duration.ZERO),

    /** A task still runs when a message comes again. */
    OF_A_LONG_TASK(Duration.ofMinutes(10), Duration.ZERO),

    /** The event of a task's start is handled before RunTask has answered. */
    BEFORE_THE_ANSWER(Duration.ofMinutes(10), Duration.ZERO),

    /** Nothing is heard before a message has come again. */
    LATE(Duration.ofMinutes(1), Duration.ofMinutes(8)),

    /** No event ever arrives. */
    NEVER(Duration.ofMinutes(1), Duration.ofDays(1));

    private final Duration runTime;
    private final Duration delay;

    News(Duration runTime, Duration delay) {
        this.runTime = runTime;
        this.delay = delay;
    }

    Duration runTime() {
        return runTime;
    }

    Duration delay() {
        return delay;
    }
}
