package dev.spillway.local.cloudwatch.math;

import dev.spillway.local.cloudwatch.math.Value.ManySeries;
import dev.spillway.local.cloudwatch.math.Value.OneSeries;
import dev.spillway.local.cloudwatch.math.Value.Scalar;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * MAX, MIN, SUM and AVG: of one series over its points, a number; of a list, instant by instant, a series. AVG counts a
 * point that one of the list lacks as 0 (user guide); the others leave it out.
 */
final class Aggregates {

    private Aggregates() {}

    static Value aggregate(Node.Call call, Value argument) {
        return switch (argument) {
            case OneSeries one ->
                new Scalar(of(
                        call.function(),
                        one.series().points().values(),
                        one.series().points().size()));
            case ManySeries many -> new OneSeries(instantByInstant(call.function(), many.series()));
            case Scalar scalar ->
                throw new MathException(
                        call.position(), call.function() + " takes a time series or a list of them, not a number");
        };
    }

    private static Series instantByInstant(Function function, List<Series> all) {
        NavigableMap<Instant, Double> points = new TreeMap<>();
        for (Instant instant : Series.instants(all)) {
            List<Double> present = all.stream()
                    .map(one -> one.at(instant))
                    .filter(Objects::nonNull)
                    .toList();
            points.put(instant, of(function, present, all.size()));
        }
        return new Series(points);
    }

    private static double of(Function function, Collection<Double> values, int count) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        double sum = values.stream().mapToDouble(Double::doubleValue).sum();
        return switch (function) {
            case MAX -> values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
            case MIN -> values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
            case SUM -> sum;
            case AVG -> sum / count;
            case IF, FILL, CEIL, FLOOR, ABS -> throw new IllegalStateException(function + " is no aggregate");
        };
    }
}
