package dev.spillway.local.cloudwatch;

import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statistic by its name in the API: {@code Sum}, {@code Average}, {@code Minimum}, {@code Maximum}, {@code SampleCount}
 * or a percentile such as {@code p99}.
 *
 * @param name as given
 * @param of reads it from what is known of a period
 */
record Stat(String name, ToDoubleFunction<Bucket> of) {

    private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,2}(?:\\.\\d{1,10})?|100)");

    /** @throws UnsupportedOperationException if it is not simulated */
    static Stat named(@Nullable String name) {
        if (name == null) {
            throw CloudWatchErrors.missing("Stat");
        }
        return switch (name) {
            case "Sum" -> new Stat(name, Bucket::sum);
            case "Average" -> new Stat(name, bucket -> bucket.sum() / bucket.count());
            case "Minimum" -> new Stat(name, Bucket::minimum);
            case "Maximum" -> new Stat(name, Bucket::maximum);
            case "SampleCount" -> new Stat(name, Bucket::count);
            default -> percentile(name);
        };
    }

    private static Stat percentile(String name) {
        Matcher percentile = PERCENTILE.matcher(name);
        if (!percentile.matches()) {
            throw new UnsupportedOperationException("the statistic " + name + " is not simulated: Sum, Average,"
                    + " Minimum, Maximum, SampleCount and percentiles such as p99 are");
        }
        double percent = Double.parseDouble(percentile.group(1));
        return new Stat(name, bucket -> bucket.percentile(percent));
    }
}
