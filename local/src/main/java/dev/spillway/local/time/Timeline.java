package dev.spillway.local.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The only source of time and of "later" for everything that is simulated. */
public interface Timeline {

    /** A clock that reads this timeline. */
    Clock clock();

    /** The instant it is now on this timeline. */
    default Instant now() {
        return clock().instant();
    }

    /**
     * Runs an action later.
     *
     * @param delay how long from now; zero or negative means as soon as possible, but never within this call
     * @param action what to run; the timeline survives its exceptions
     * @return the handle by which it can be cancelled
     */
    Scheduled schedule(Duration delay, Runnable action);
}
