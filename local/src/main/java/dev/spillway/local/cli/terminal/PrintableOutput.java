package dev.spillway.local.cli.terminal;

import dev.spillway.local.cli.text.PlainText;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Prints the lines of a stranger's output so that the terminal obeys none of it. */
public final class PrintableOutput extends OutputStream {

    /** A line without an end must not fill the memory. */
    private static final int MAX_LINE = 1 << 16;

    private final PrintStream terminal;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    public PrintableOutput(PrintStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public void write(int next) {
        if (next == '\n' || line.size() == MAX_LINE) {
            printLine();
        }
        if (next != '\n') {
            line.write(next);
        }
    }

    /** Prints what stands on the last line, which may have no end. */
    @Override
    public void close() {
        if (line.size() > 0) {
            printLine();
        }
    }

    private void printLine() {
        terminal.println(
                PlainText.printable(line.toString(StandardCharsets.UTF_8)).stripTrailing());
        line.reset();
    }
}
