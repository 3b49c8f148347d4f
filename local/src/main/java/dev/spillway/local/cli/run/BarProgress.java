package dev.spillway.local.cli.run;

import dev.spillway.local.cli.text.PlainText;
import java.io.PrintStream;
import java.time.Instant;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that stays on the last line of a terminal. */
final class BarProgress implements Progress {

    private static final String START_OF_LINE = "\r";
    private static final String CLEAR_TO_END = "\u001b[K";
    private static final int UPDATE_EVERY_MILLIS = 200;

    private final PrintStream out;
    private final int width;
    private final ProgressBar bar;

    /**
     * @param total tasks that are expected
     * @param width of the terminal; a bar in its last column would begin a new line with each update
     */
    BarProgress(PrintStream out, int total, int width) {
        this.out = out;
        this.width = width;
        this.bar = new ProgressBarBuilder()
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(UPDATE_EVERY_MILLIS)
                .hideEta()
                .setConsumer(new DelegatingProgressBarConsumer(this::draw, width - 1))
                .build();
    }

    @Override
    public void show(Tally tally, Instant now) {
        bar.maxHint(tally.submitted());
        bar.stepTo(tally.ended());
        bar.setExtraMessage(RunText.details(tally).replaceFirst("^: ", ""));
    }

    @Override
    public void failed(Row row) {
        above(PlainText.shorten(RunText.failure(row), width));
    }

    @Override
    public void note(String sentence) {
        above(sentence);
    }

    private void above(String line) {
        synchronized (out) {
            out.print(START_OF_LINE + CLEAR_TO_END);
            out.println(line);
        }
    }

    @Override
    public void close() {
        bar.close();
        out.println();
    }

    private void draw(String line) {
        synchronized (out) {
            out.print(START_OF_LINE + line.stripTrailing() + CLEAR_TO_END);
            out.flush();
        }
    }
}
