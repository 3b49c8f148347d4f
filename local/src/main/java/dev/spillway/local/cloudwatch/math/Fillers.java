package dev.spillway.local.cloudwatch.math;

import dev.spillway.local.cloudwatch.math.Value.ManySeries;
import dev.spillway.local.cloudwatch.math.Value.OneSeries;
import dev.spillway.local.cloudwatch.math.Value.Scalar;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** FILL: the only function that makes points where there are none. */
final class Fillers {

    private Fillers() {}

    /** Where the missing points come from. */
    sealed interface Filler {}

    record Constant(double number) implements Filler {}

    /** REPEAT: the point before; what is missing before the first stays missing. */
    record LastKnown() implements Filler {}

    record Other(Series series) implements Filler {}

    static Value fill(Node.Call call, Value filled, Filler filler, List<Instant> grid) {
        return switch (filled) {
            case OneSeries one -> new OneSeries(fill(one.series(), filler, grid));
            case ManySeries many ->
                new ManySeries(many.series().stream()
                        .map(one -> fill(one, filler, grid))
                        .toList());
            case Scalar scalar -> throw new MathException(call.position(), "FILL takes a time series, not a number");
        };
    }

    private static Series fill(Series series, Filler filler, List<Instant> grid) {
        NavigableMap<Instant, Double> points = new TreeMap<>(series.points());
        for (Instant instant : grid) {
            Double point = points.containsKey(instant) ? points.get(instant) : missing(series, filler, instant);
            if (point != null) {
                points.put(instant, point);
            }
        }
        return new Series(points);
    }

    private static @Nullable Double missing(Series series, Filler filler, Instant instant) {
        return switch (filler) {
            case Constant constant -> constant.number();
            case Other other -> other.series().at(instant);
            case LastKnown repeat ->
                series.points().lowerEntry(instant) == null
                        ? null
                        : series.points().lowerEntry(instant).getValue();
        };
    }
}
