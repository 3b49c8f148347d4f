package dev.spillway.local.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/** What CloudWatch accepts of a metric (API reference, PutMetricData, MetricDatum and Dimension). */
final class MetricRules {

    private static final Pattern NAMESPACE = Pattern.compile("[0-9A-Za-z._/#-][0-9A-Za-z._/#: -]{0,254}");
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_DIMENSION_VALUE = 1024;
    private static final int MOST_DIMENSIONS = 30;
    private static final double LARGEST = Math.pow(2, 360);
    private static final Duration OLDEST = Duration.ofDays(14);
    private static final Duration NEWEST = Duration.ofHours(2);

    private MetricRules() {}

    static void requireNamespace(@Nullable String namespace) {
        if (namespace == null) {
            throw CloudWatchErrors.missing("Namespace");
        }
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw CloudWatchErrors.invalid("The value " + namespace + " for parameter Namespace is invalid: 1 to 255"
                    + " letters, digits, . - _ / # : and blanks, and no colon first.");
        }
    }

    /** Namespaces of AWS's own services cannot be written to from outside. */
    static void requireOwnNamespace(String namespace) {
        if (namespace.startsWith("AWS/")) {
            throw CloudWatchErrors.invalid("The value AWS/ for parameter Namespace is invalid.");
        }
    }

    static void requireName(@Nullable String name) {
        if (name == null) {
            throw CloudWatchErrors.missing("MetricName");
        }
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw CloudWatchErrors.invalid("The value " + name + " for parameter MetricName must have 1 to 255"
                    + " characters, and not " + name.length() + " or only blanks.");
        }
    }

    static void requireDimensions(Map<String, String> dimensions) {
        if (dimensions.size() > MOST_DIMENSIONS) {
            throw CloudWatchErrors.invalid("A metric has at most 30 dimensions, not " + dimensions.size() + ".");
        }
        dimensions.forEach((name, value) -> {
            if (!isAscii(name) || name.isBlank() || name.length() > LONGEST_NAME || name.startsWith(":")) {
                throw CloudWatchErrors.invalid(
                        "The dimension name " + name + " must have 1 to 255 ASCII characters, and no colon first.");
            }
            if (!isAscii(value) || value.isBlank() || value.length() > LONGEST_DIMENSION_VALUE) {
                throw CloudWatchErrors.invalid(
                        "The value of the dimension " + name + " must have 1 to 1,024 ASCII characters.");
            }
        });
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    static void requireValue(double value) {
        if (!Double.isFinite(value) || Math.abs(value) > LARGEST) {
            throw CloudWatchErrors.invalid("The value " + value
                    + " is invalid: NaN and the infinities are not supported, nor is what is beyond 2^360.");
        }
    }

    static void requireCount(double count) {
        if (!Double.isFinite(count) || count <= 0) {
            throw CloudWatchErrors.invalid("A count of samples is above 0, not " + count + ".");
        }
    }

    static void requireTime(Instant timestamp, Instant now) {
        if (timestamp.isBefore(now.minus(OLDEST)) || timestamp.isAfter(now.plus(NEWEST))) {
            throw CloudWatchErrors.invalid("The timestamp " + timestamp + " must be no more than two weeks before and"
                    + " two hours after now, which is " + now + ".");
        }
    }

    /** The unit, {@code None} if none is given. */
    static StandardUnit unit(@Nullable String unit) {
        if (unit == null) {
            return StandardUnit.NONE;
        }
        StandardUnit known = StandardUnit.fromValue(unit);
        if (known == StandardUnit.UNKNOWN_TO_SDK_VERSION) {
            throw CloudWatchErrors.invalid("The value " + unit + " for parameter Unit is invalid.");
        }
        return known;
    }
}
