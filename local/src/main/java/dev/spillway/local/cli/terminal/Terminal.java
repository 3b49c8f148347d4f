package dev.spillway.local.cli.terminal;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where output goes.
 *
 * @param person whether standard output is a terminal, which obeys what is printed
 * @param live whether that terminal can draw a line again
 * @param width columns, at least 40
 */
public record Terminal(PrintStream out, PrintStream err, boolean person, boolean live, int width) {

    private static final int LEAST_WIDTH = 40;
    private static final int USUAL_WIDTH = 80;
    private static final int PIPE_WIDTH = 120;

    /**
     * The terminal as the environment describes it.
     *
     * @param environment {@code COLUMNS} is the person's wish; {@code TERM=dumb} cannot draw a line again
     * @param columns of the terminal that standard output is, as measured by the launcher; empty in a pipe
     */
    public static Terminal of(PrintStream out, PrintStream err, Map<String, String> environment, String columns) {
        boolean terminal = !columns.isEmpty();
        int measured = number(columns, terminal ? USUAL_WIDTH : PIPE_WIDTH);
        int width = number(environment.getOrDefault("COLUMNS", ""), measured);
        boolean live = terminal && !"dumb".equals(environment.get("TERM"));
        return new Terminal(out, err, terminal, live, Math.max(width, LEAST_WIDTH));
    }

    private static int number(String text, int otherwise) {
        // A terminal without a size, as in some containers, says 0.
        return text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : otherwise;
    }
}
