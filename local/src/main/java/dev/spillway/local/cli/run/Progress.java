package dev.spillway.local.cli.run;

import java.time.Instant;

/** Shows how a run is getting on. */
interface Progress extends AutoCloseable {

    /** Called often; shows what is new. */
    void show(Tally tally, Instant now);

    /** A task that has ended, and not in success. */
    void failed(Row row);

    /** A sentence about the run. */
    void note(String sentence);

    @Override
    void close();
}
