package dev.spillway.local.cloudwatch;

import dev.spillway.local.cloudwatch.math.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/**
 * The metrics, one {@link Bucket} a minute, for as long as they are kept. A minute without data has no bucket. Safe for
 * use by many threads; each metric is locked by itself.
 */
final class MetricStore {

    private static final Duration PRUNING = Duration.ofHours(1);

    private final Duration retention;
    private final Map<MetricKey, Minutes> metrics = new ConcurrentHashMap<>();
    private volatile Instant nextPruning = Instant.MIN;

    MetricStore(Duration retention) {
        this.retention = retention;
    }

    /**
     * Adds to the minute of an instant.
     *
     * @param now when old minutes are looked for
     * @throws UnsupportedOperationException if the metric has come with another unit
     */
    void put(MetricKey key, StandardUnit unit, Instant at, Instant now, Consumer<Bucket> data) {
        prune(now);
        metrics.compute(key, (same, minutes) -> {
            Minutes known = minutes == null ? new Minutes(unit) : minutes;
            known.requireUnit(key, unit);
            known.add(at.truncatedTo(ChronoUnit.MINUTES), data);
            return known;
        });
    }

    /** A statistic over periods; a period without data is missing. */
    Series series(MetricKey key, Stat stat, Periods periods) {
        Minutes minutes = metrics.get(key);
        return minutes == null ? Series.EMPTY : minutes.series(stat, periods);
    }

    /** The metrics that have data after an instant, in no order. */
    List<MetricKey> keys(Instant after, Predicate<MetricKey> wanted) {
        List<MetricKey> found = new ArrayList<>();
        metrics.forEach((key, minutes) -> {
            if (wanted.test(key) && minutes.hasDataAfter(after)) {
                found.add(key);
            }
        });
        return found;
    }

    private void prune(Instant now) {
        if (now.isBefore(nextPruning)) {
            return;
        }
        nextPruning = now.plus(PRUNING);
        Instant oldest = now.minus(retention);
        metrics.keySet().forEach(key -> metrics.computeIfPresent(key, (same, minutes) -> minutes.prunedBefore(oldest)));
    }

    private static final class Minutes {

        private final StandardUnit unit;
        private final NavigableMap<Instant, Bucket> buckets = new TreeMap<>();

        Minutes(StandardUnit unit) {
            this.unit = unit;
        }

        void requireUnit(MetricKey key, StandardUnit given) {
            if (given != unit) {
                throw new UnsupportedOperationException(
                        "a metric of two units is not simulated: " + key + " came in " + unit + " and in " + given);
            }
        }

        synchronized void add(Instant minute, Consumer<Bucket> data) {
            data.accept(buckets.computeIfAbsent(minute, missing -> new Bucket()));
        }

        synchronized Series series(Stat stat, Periods periods) {
            NavigableMap<Instant, Double> points = new TreeMap<>();
            NavigableMap<Instant, Bucket> range = buckets.subMap(periods.start(), true, periods.end(), false);
            Instant beginning = periods.start();
            Bucket all = new Bucket();
            for (Map.Entry<Instant, Bucket> minute : range.entrySet()) {
                Instant its = periods.beginningOf(minute.getKey());
                if (!its.equals(beginning)) {
                    close(points, beginning, all, stat);
                    all = new Bucket();
                    beginning = its;
                }
                all.addAll(minute.getValue());
            }
            close(points, beginning, all, stat);
            return new Series(points);
        }

        private static void close(NavigableMap<Instant, Double> points, Instant beginning, Bucket all, Stat stat) {
            if (all.count() > 0) {
                points.put(beginning, stat.of().applyAsDouble(all));
            }
        }

        synchronized boolean hasDataAfter(Instant instant) {
            return buckets.higherKey(instant) != null;
        }

        synchronized @Nullable Minutes prunedBefore(Instant oldest) {
            buckets.headMap(oldest, false).clear();
            return buckets.isEmpty() ? null : this;
        }
    }
}
