package dev.spillway.common.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Instants as the table writes them: ISO-8601 in UTC, always 27 characters, for example
 * {@code 2026-11-21T02:22:25.000000Z}. The width never changes because DynamoDB orders text by its bytes;
 * {@link Instant#toString} leaves out trailing zeros and would sort a full second after its fractions.
 */
final class InstantText {

    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private InstantText() {}

    /**
     * The instant, without what is finer than a microsecond.
     *
     * @throws IllegalArgumentException outside of the years 0000 to 9999, which need a sign or a fifth digit
     */
    static String write(Instant instant) {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new IllegalArgumentException("an instant of the table lies in the years 0000 to 9999: " + instant);
        }
        return MICROS.format(instant);
    }

    /**
     * The instant of such a text.
     *
     * @throws java.time.format.DateTimeParseException if it is no instant
     */
    static Instant read(String text) {
        return Instant.parse(text);
    }
}
