package dev.spillway.local.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class PrintableOutputTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void printsLinesThatATerminalDoesNotObey() throws Exception {
        try (PrintableOutput out = new PrintableOutput(new PrintStream(bytes, true, UTF_8))) {
            out.write("  \u001b[31mred\u001b[0m\r\n\nécole, with no ".getBytes(UTF_8));
            out.write("end".getBytes(UTF_8));
        }

        assertThat(bytes.toString(UTF_8).lines()).containsExactly("  �[31mred�[0m", "", "école, with no end");
    }
}
