package dev.spillway.local.cli.deployment;

import java.time.Duration;

/** Lets some time pass. */
@FunctionalInterface
public interface Pause {

    /** Waits, at most this long; true if the person wants an end. */
    boolean pause(Duration atMost);
}
