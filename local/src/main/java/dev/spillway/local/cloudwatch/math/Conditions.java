package dev.spillway.local.cloudwatch.math;

import dev.spillway.local.cloudwatch.math.Value.ManySeries;
import dev.spillway.local.cloudwatch.math.Value.OneSeries;
import dev.spillway.local.cloudwatch.math.Value.Scalar;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * IF (user guide, "Using IF expressions"). Where the condition holds, a point that the second argument lacks is 0; where
 * it does not hold, a point that the third lacks, or has no third to come from, is dropped.
 */
final class Conditions {

    private Conditions() {}

    static Value choose(Node.Call call, List<Value> arguments) {
        if (arguments.stream().anyMatch(ManySeries.class::isInstance)) {
            throw new MathException(call.position(), "IF does not take lists of series");
        }
        Value whenTrue = arguments.get(1);
        @Nullable Value whenFalse = arguments.size() > 2 ? arguments.get(2) : null;
        if (arguments.getFirst() instanceof Scalar condition) {
            return once(call, condition, whenTrue, whenFalse);
        }
        Series condition = ((OneSeries) arguments.getFirst()).series();
        NavigableMap<Instant, Double> points = new TreeMap<>();
        condition.points().forEach((instant, holds) -> {
            Double point = holds != 0 ? point(whenTrue, instant, 0.0) : point(whenFalse, instant, null);
            if (point != null) {
                points.put(instant, point);
            }
        });
        return new OneSeries(new Series(points));
    }

    private static Value once(Node.Call call, Scalar condition, Value whenTrue, @Nullable Value whenFalse) {
        if (!(whenTrue instanceof OneSeries) || whenFalse instanceof Scalar) {
            throw new MathException(call.position(), "IF with a number as its condition chooses between time series");
        }
        // No number, such as the maximum of nothing, is neither true nor false.
        if (Double.isNaN(condition.number()) || (condition.number() == 0 && whenFalse == null)) {
            return new OneSeries(Series.EMPTY);
        }
        return condition.number() != 0 || whenFalse == null ? whenTrue : whenFalse;
    }

    private static @Nullable Double point(@Nullable Value value, Instant instant, @Nullable Double missing) {
        if (value instanceof Scalar scalar) {
            return scalar.number();
        }
        if (value instanceof OneSeries one) {
            Double point = one.series().at(instant);
            return point == null ? missing : point;
        }
        return missing;
    }
}
