package dev.spillway.local.system;

import java.util.Locale;

/** What the containers of the local system's tasks run as. */
public enum RuntimeKind {
    /** Processes of this machine, without isolation. */
    PROCESS,
    /** Containers of the Docker engine. */
    DOCKER,
    /** Nothing runs; time passes, and the task succeeds. */
    SIMULATED;

    /** The word that a person types. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
