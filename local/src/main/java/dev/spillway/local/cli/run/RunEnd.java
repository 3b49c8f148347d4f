package dev.spillway.local.cli.run;

import java.time.Duration;
import java.time.Instant;

/** When a run is over. */
enum RunEnd {
    NOT_YET,
    /** Not yet, but for a while nothing has happened, and only the sweep may start what waits. */
    LULL,
    /** Every line has come to its end. */
    COMPLETE,
    /** What is left waits for a place that nothing is going to free. */
    STUCK,
    /** The person at the terminal wanted it. */
    STOPPED;

    /** How long nothing may happen before what SQS has lost, or never answered for, is given up. */
    static final Duration QUIET = Duration.ofSeconds(15);

    /**
     * How long nothing may happen before the waiting are given up: the sweep, which may start one of them though nothing
     * has changed on the cluster, comes once a minute.
     */
    static final Duration QUIET_WHILE_WAITING = Duration.ofSeconds(70);

    /**
     * Decides.
     *
     * @param queueEmpty whether SQS holds no message any more, neither visible nor in flight. While it does, a line
     *     whose task has ended may still turn out to be a second, different message of the same id.
     * @param lastChange when something last happened, or is planned to
     */
    static RunEnd of(Tally tally, boolean sendingEnded, boolean queueEmpty, Instant lastChange, Instant now) {
        if (!sendingEnded || !queueEmpty) {
            return NOT_YET;
        }
        if (tally.ended() == tally.submitted()) {
            return COMPLETE;
        }
        if (tally.in(Row.State.LAUNCHING, Row.State.PLACED, Row.State.RUNNING) > 0) {
            return NOT_YET;
        }
        Duration patience = tally.in(Row.State.WAITING) > 0 ? QUIET_WHILE_WAITING : QUIET;
        if (!now.isBefore(lastChange.plus(patience))) {
            return STUCK;
        }
        return now.isBefore(lastChange.plus(QUIET)) ? NOT_YET : LULL;
    }
}
