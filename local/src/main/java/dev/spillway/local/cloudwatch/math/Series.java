package dev.spillway.local.cloudwatch.math;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A time series. A period without data has no point: it is missing, which is not zero.
 *
 * @param points by the beginning of their period; finite numbers only
 */
public record Series(NavigableMap<Instant, Double> points) {

    /** A series without points. */
    public static final Series EMPTY = new Series(Collections.emptyNavigableMap());

    public Series {
        TreeMap<Instant, Double> finite = new TreeMap<>(points);
        // What has no value, such as a division by zero, is dropped.
        finite.values().removeIf(value -> !Double.isFinite(value));
        points = Collections.unmodifiableNavigableMap(finite);
    }

    /** The point at an instant, or null if it is missing. */
    public @Nullable Double at(Instant instant) {
        return points.get(instant);
    }

    double at(Instant instant, double otherwise) {
        return points.getOrDefault(instant, otherwise);
    }

    Series map(DoubleUnaryOperator each) {
        NavigableMap<Instant, Double> mapped = new TreeMap<>();
        points.forEach((instant, value) -> mapped.put(instant, each.applyAsDouble(value)));
        return new Series(mapped);
    }

    /** The instants at which at least one of the series has a point. */
    static SortedSet<Instant> instants(List<Series> series) {
        SortedSet<Instant> all = new TreeSet<>();
        series.forEach(one -> all.addAll(one.points.keySet()));
        return all;
    }
}
