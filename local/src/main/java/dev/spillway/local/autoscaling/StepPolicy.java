package dev.spillway.local.autoscaling;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * A step scaling policy (Auto Scaling user guide, "Step and simple scaling policies").
 *
 * @param arn of the policy
 * @param name of the policy
 * @param group its group's name
 * @param type how the adjustments are meant
 * @param minMagnitude the least that a percentage changes; 0 for none
 * @param aggregation what is made of the data points that an alarm judged
 * @param warmup from being in service until an instance is part of the current capacity
 * @param steps without gaps and overlaps
 */
record StepPolicy(
        String arn,
        String name,
        String group,
        Type type,
        int minMagnitude,
        Aggregation aggregation,
        Duration warmup,
        List<Step> steps) {

    StepPolicy {
        steps = List.copyOf(steps);
    }

    /** How an adjustment is meant. */
    enum Type {
        CHANGE_IN_CAPACITY("ChangeInCapacity"),
        EXACT_CAPACITY("ExactCapacity"),
        PERCENT_CHANGE_IN_CAPACITY("PercentChangeInCapacity");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** How the data points over the alarm's evaluation periods become one (Auto Scaling API, MetricAggregationType). */
    enum Aggregation {
        MINIMUM("Minimum"),
        MAXIMUM("Maximum"),
        AVERAGE("Average");

        private final String text;

        Aggregation(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        /** Empty if there is no data point. */
        OptionalDouble of(List<Double> values) {
            DoubleStream all = values.stream().mapToDouble(Double::doubleValue);
            return switch (this) {
                case MINIMUM -> all.min();
                case MAXIMUM -> all.max();
                case AVERAGE -> all.average();
            };
        }
    }

    /**
     * One step.
     *
     * @param lower relative to the threshold; null for none
     * @param upper relative to the threshold; null for none
     * @param adjustment instances, or percent
     */
    record Step(@Nullable Double lower, @Nullable Double upper, int adjustment) {

        /** Above the threshold the lower bound belongs to the step, below it the upper one; on it, either does. */
        boolean covers(double breach) {
            boolean atLower = lower != null && lower == breach;
            boolean atUpper = upper != null && upper == breach;
            boolean within = (lower == null || lower < breach) && (upper == null || breach < upper);
            return within || (breach >= 0 && atLower) || (breach <= 0 && atUpper);
        }
    }

    /** The step for a metric that is this far above its threshold, or below it if negative. */
    Optional<Step> step(double breach) {
        return steps.stream().filter(step -> step.covers(breach)).findFirst();
    }

    /** What a change adjusts a capacity by; not for {@link Type#EXACT_CAPACITY}. */
    int change(int capacity, int adjustment) {
        if (type == Type.CHANGE_IN_CAPACITY) {
            return adjustment;
        }
        double exact = capacity * adjustment / 100.0;
        int rounded = Math.abs(exact) < 1 ? (int) Math.signum(exact) : (int) exact;
        return Math.abs(rounded) < minMagnitude ? Integer.signum(adjustment) * minMagnitude : rounded;
    }
}
