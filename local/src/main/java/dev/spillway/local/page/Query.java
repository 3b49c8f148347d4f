package dev.spillway.local.page;

import dev.spillway.common.task.TaskStatus;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands behind the question mark. */
final class Query {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    /** Seconds. One answer holds a point a minute of every line: beyond a day it would be too much for a page. */
    private static final int MAX_SPAN = 86_400;

    private static final int MIN_SPAN = 60;
    private static final int DEFAULT_SPAN = 3_600;

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /** A question that cannot be understood; the message is a sentence. */
    static final class WrongException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        WrongException(String sentence) {
            super(sentence);
        }
    }

    /**
     * Reads a query.
     *
     * @param raw not yet decoded; null if there is none
     * @throws WrongException if it has a parameter that is not known, or cannot be read
     */
    static Query read(@Nullable String raw, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        if (raw != null && !raw.isEmpty()) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                if (!known.contains(name)) {
                    throw new WrongException("There is a parameter here that is not known.");
                }
                values.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return new Query(values);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException wrong) {
            throw new WrongException("The query is not encoded as a query is.");
        }
    }

    /** The instant of {@code from}, in milliseconds; everything if there is none. */
    Instant from() {
        String text = values.getOrDefault("from", "");
        if (text.isEmpty()) {
            return Instant.MIN;
        }
        try {
            return Instant.ofEpochMilli(Long.parseLong(text));
        } catch (NumberFormatException | DateTimeException wrong) {
            throw new WrongException("from must be milliseconds since 1970.");
        }
    }

    /** The {@code span}, in seconds. */
    Duration span() {
        return Duration.ofSeconds(whole("span", DEFAULT_SPAN, MIN_SPAN, MAX_SPAN));
    }

    PageSource.TaskFilter filter() {
        return new PageSource.TaskFilter(status(), values.getOrDefault("prefix", ""), limit());
    }

    private @Nullable TaskStatus status() {
        String text = values.getOrDefault("status", "");
        try {
            return text.isEmpty() ? null : TaskStatus.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException wrong) {
            throw new WrongException("status must be one of " + List.of(TaskStatus.values()) + ".");
        }
    }

    private int limit() {
        return whole("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    }

    private int whole(String name, int fallback, int least, int most) {
        String text = values.getOrDefault(name, Integer.toString(fallback));
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            // As wrong as a number that is too large.
        }
        throw new WrongException("%s must be %d to %d.".formatted(name, least, most));
    }
}
