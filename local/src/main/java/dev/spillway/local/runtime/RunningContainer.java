package dev.spillway.local.runtime;

/** A container that was started. Both methods are harmless when it has ended. */
public interface RunningContainer {

    /** Asks it to end (SIGTERM), and kills it (SIGKILL) when it still runs after its stop timeout. */
    void stop();

    /** Kills it at once, as the loss of its host does. */
    void kill();
}
