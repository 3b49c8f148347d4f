package dev.spillway.local.time;

/** An action that is to run later. */
@FunctionalInterface
public interface Scheduled {

    /** Takes the action back. Harmless when it has run, is running, or was cancelled before. */
    void cancel();
}
