package dev.spillway.local.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Periods of equal length, one after another.
 *
 * @param start of the first, a full minute
 * @param length of each, full minutes
 * @param count how many
 */
record Periods(Instant start, Duration length, int count) {

    /** The given number of periods, of which the last ends at a full minute. */
    static Periods until(Instant end, Duration length, int count) {
        return new Periods(end.minusSeconds(length.toSeconds() * count), length, count);
    }

    /** From the full minute at or before an instant, to before another one. */
    static Periods between(Instant from, Instant to, Duration length) {
        Instant start = from.truncatedTo(ChronoUnit.MINUTES);
        long seconds = Math.max(0, Duration.between(start, to).toSeconds());
        return new Periods(start, length, Math.toIntExact(Math.ceilDiv(seconds, length.toSeconds())));
    }

    /** @throws software.amazon.awssdk.services.cloudwatch.model.CloudWatchException if it is no period */
    static Duration length(@Nullable Integer seconds) {
        if (seconds == null) {
            throw CloudWatchErrors.missing("Period");
        }
        if (List.of(1, 5, 10, 20, 30).contains(seconds)) {
            throw new UnsupportedOperationException("a period below a minute is not simulated: " + seconds + " s");
        }
        if (seconds <= 0 || seconds % 60 != 0 || seconds > 86_400) {
            throw CloudWatchErrors.invalid("The value " + seconds
                    + " for parameter Period is invalid: a multiple of 60, up to 86,400, is expected.");
        }
        return Duration.ofSeconds(seconds);
    }

    Instant end() {
        return beginning(count);
    }

    Instant beginning(int index) {
        return start.plusSeconds(length.toSeconds() * index);
    }

    /** The beginning of the period that an instant is in. */
    Instant beginningOf(Instant at) {
        long seconds = at.getEpochSecond() - start.getEpochSecond();
        return start.plusSeconds(seconds - Math.floorMod(seconds, length.toSeconds()));
    }

    /** The beginning of each, ascending. */
    List<Instant> beginnings() {
        return IntStream.range(0, count).mapToObj(this::beginning).toList();
    }
}
