package dev.spillway.local.cli.run;

import java.time.Duration;
import java.time.Instant;

/** When a run is over. */
enum RunEnd {
    NOT_YET,
    /** Every line has come to its end. */
    COMPLETE,
    /** What is left waits for a place that nothing is going to free. */
    STUCK,
    /** The person at the terminal wanted it. */
    STOPPED;

    /** How long nothing may happen before the waiting are given up. */
    static final Duration QUIET = Duration.ofSeconds(15);

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
        int active = tally.in(Row.State.LAUNCHING, Row.State.PLACED, Row.State.RUNNING);
        boolean quiet = !now.isBefore(lastChange.plus(QUIET));
        return active == 0 && quiet ? STUCK : NOT_YET;
    }
}
