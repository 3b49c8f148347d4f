package dev.spillway.local.cli.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Single words and lines. */
public final class PlainText {

    private static final String ELLIPSIS = "…";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private PlainText() {}

    /**
     * One line that does nothing but print. Reasons quote what strangers sent, and a terminal obeys escape sequences.
     */
    public static String line(String text) {
        return printable(text).strip();
    }

    /** The same with the white space at both ends, as output has it that was laid out with care. */
    public static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isWhitespace(c)) {
                printable.append(' ');
            } else {
                printable.appendCodePoint(isPrintable(c) ? c : '�');
            }
        });
        return printable.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            // FORMAT holds the marks that turn the direction of text round.
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** The text, or its beginning and … where it is longer than the width (at least 1). */
    public static String shorten(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1).stripTrailing() + ELLIPSIS;
    }

    /**
     * The text in lines of the width, broken between words where that is possible.
     *
     * @param width at least 1
     * @param maxLines at least 1; what does not fit in them is left out, and … says so
     */
    public static List<String> wrap(String text, int width, int maxLines) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (rest.length() > width) {
            if (lines.size() == maxLines - 1) {
                lines.add(shorten(rest, width));
                return lines;
            }
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /** A duration as a person would say it: {@code 0.4 s}, {@code 1 min 05 s}, {@code 2 h 03 min}. */
    public static String duration(Duration time) {
        // Clocks of several machines, or of one that was set, can run backwards.
        Duration length = time.isNegative() ? Duration.ZERO : time;
        long tenths = Math.round(length.toMillis() / 100.0);
        if (tenths < MINUTE.toSeconds() * 10) {
            return String.format(Locale.ROOT, "%d.%d s", tenths / 10, tenths % 10);
        }
        if (length.compareTo(HOUR) < 0) {
            return String.format(Locale.ROOT, "%d min %02d s", length.toMinutes(), length.toSecondsPart());
        }
        return String.format(Locale.ROOT, "%d h %02d min", length.toHours(), length.toMinutesPart());
    }

    /** A number and its noun: {@code 1 task}, {@code 2,000 tasks}. */
    public static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
