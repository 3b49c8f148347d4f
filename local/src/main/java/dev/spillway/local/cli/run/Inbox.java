package dev.spillway.local.cli.run;

import java.util.List;

/** Brings the events of all threads to the one that follows the run. */
public interface Inbox {

    /** Adds an event, from any thread. */
    void put(RunEvent event);

    /** All events since the last call, in order; waits a moment if there are none, and may then return none. */
    List<RunEvent> next();
}
