package dev.spillway.local.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void printsALineForAChangeAndAtMostOneASecond() {
        try (Progress progress = new PlainProgress(out)) {
            progress.show(done(0), Records.SENT);
            progress.show(done(1), Records.SENT.plusMillis(999));
            progress.show(done(2), Records.SENT.plusMillis(1_000));
            progress.show(done(2), Records.SENT.plusMillis(9_000));
        }

        assertThat(printed().lines()).containsExactly("0 of 4 done", "2 of 4 done: 2 succeeded");
    }

    @Test
    void printsEveryFailureAtOnce() {
        try (Progress progress = new PlainProgress(out)) {
            progress.failed(Row.of(Records.failed("a"), 1));
            progress.failed(Row.of(Records.failed("b"), 2));
        }

        assertThat(printed().lines()).hasSize(2).allMatch(line -> line.contains("FAILED"));
    }

    @Test
    void drawsABarThatFitsTheTerminal() {
        try (Progress progress = new BarProgress(out, 4, 60)) {
            progress.show(done(2), Records.SENT);
            progress.failed(Row.of(Records.failed("a"), 1));
        }

        assertThat(printed()).contains("2/4", "2 succeeded", "a FAILED on EC2");
        assertThat(printed().replace("\u001b[K", "").split("[\r\n]")).allMatch(line -> line.length() <= 60);
    }

    private static Tally done(int number) {
        return new Tally(4, Map.of(Row.State.SUCCEEDED, number, Row.State.SENT, 4 - number), 0);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
