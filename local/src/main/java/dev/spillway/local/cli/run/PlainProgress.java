package dev.spillway.local.cli.run;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** A line whenever something has changed, at most one a second: for pipes and logs. */
final class PlainProgress implements Progress {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

    private final PrintStream out;
    private String shown = "";
    private Instant shownAt = Instant.MIN;

    PlainProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void show(Tally tally, Instant now) {
        String text = RunText.progress(tally);
        if (!text.equals(shown) && !now.isBefore(shownAt.plus(BETWEEN_LINES))) {
            out.println(text);
            shown = text;
            shownAt = now;
        }
    }

    @Override
    public void failed(Row row) {
        out.println(RunText.failure(row));
    }

    @Override
    public void note(String sentence) {
        out.println(sentence);
    }

    @Override
    public void close() {
        // The table that follows says the rest.
    }
}
