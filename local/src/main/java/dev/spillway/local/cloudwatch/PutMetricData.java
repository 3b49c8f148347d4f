package dev.spillway.local.cloudwatch;

import dev.spillway.local.ecs.KnownFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

/** The operation of that name: takes all of a request or nothing of it. */
final class PutMetricData {

    private static final int MOST_METRICS = 1000;
    private static final int MOST_VALUES = 150;
    private static final int HIGH_RESOLUTION = 1;

    private final MetricStore store;

    PutMetricData(MetricStore store) {
        this.store = store;
    }

    private record Put(MetricKey key, StandardUnit unit, Instant at, Consumer<Bucket> data) {}

    void run(PutMetricDataRequest request, Instant now) {
        KnownFields.require(request, "PutMetricData", Set.of("Namespace", "MetricData"));
        MetricRules.requireNamespace(request.namespace());
        MetricRules.requireOwnNamespace(request.namespace());
        if (request.metricData().isEmpty()) {
            throw CloudWatchErrors.missing("MetricData");
        }
        if (request.metricData().size() > MOST_METRICS) {
            throw CloudWatchErrors.invalid("The collection MetricData must not have more than 1,000 elements, and has "
                    + request.metricData().size() + ".");
        }
        List<Put> puts = new ArrayList<>();
        for (MetricDatum datum : request.metricData()) {
            puts.add(put(request.namespace(), datum, now));
        }
        puts.forEach(put -> store.put(put.key(), put.unit(), put.at(), now, put.data()));
    }

    private static Put put(String namespace, MetricDatum datum, Instant now) {
        KnownFields.require(
                datum,
                "MetricDatum",
                Set.of(
                        "MetricName",
                        "Dimensions",
                        "Timestamp",
                        "Value",
                        "StatisticValues",
                        "Values",
                        "Counts",
                        "Unit",
                        "StorageResolution"));
        @Nullable Integer resolution = datum.storageResolution();
        if (resolution != null && resolution == HIGH_RESOLUTION) {
            throw new UnsupportedOperationException("metrics of high resolution are not simulated");
        }
        Instant at = Objects.requireNonNullElse(datum.timestamp(), now);
        MetricRules.requireTime(at, now);
        MetricKey key = MetricKey.of(namespace, datum.metricName(), datum.dimensions());
        return new Put(key, MetricRules.unit(datum.unitAsString()), at, data(datum));
    }

    private static Consumer<Bucket> data(MetricDatum datum) {
        long given = Stream.of(datum.value() != null, datum.hasValues(), datum.statisticValues() != null)
                .filter(present -> present)
                .count();
        if (given > 1) {
            throw CloudWatchErrors.combination(
                    "Only one of Value, Values and StatisticValues may be given for " + datum.metricName() + ".");
        }
        if (datum.value() != null) {
            double value = datum.value();
            MetricRules.requireValue(value);
            return bucket -> bucket.add(value, 1);
        }
        if (datum.hasValues()) {
            return values(datum);
        }
        if (datum.statisticValues() != null) {
            return set(datum.statisticValues());
        }
        throw CloudWatchErrors.missing("MetricData.Value");
    }

    private static Consumer<Bucket> values(MetricDatum datum) {
        List<Double> values = datum.values();
        List<Double> counts = datum.hasCounts()
                ? datum.counts()
                : values.stream().map(value -> 1.0).toList();
        if (values.isEmpty() || values.size() > MOST_VALUES) {
            throw CloudWatchErrors.invalid("Values must have 1 to 150 elements, and has " + values.size() + ".");
        }
        if (counts.size() != values.size()) {
            throw CloudWatchErrors.invalid(
                    "Counts must have as many elements as Values: " + values.size() + ", not " + counts.size() + ".");
        }
        values.forEach(MetricRules::requireValue);
        counts.forEach(MetricRules::requireCount);
        return bucket -> {
            for (int i = 0; i < values.size(); i++) {
                bucket.add(values.get(i), counts.get(i));
            }
        };
    }

    private static Consumer<Bucket> set(StatisticSet set) {
        if (Stream.of(set.sum(), set.minimum(), set.maximum(), set.sampleCount())
                .anyMatch(Objects::isNull)) {
            throw CloudWatchErrors.missing("StatisticValues.Sum, .Minimum, .Maximum and .SampleCount");
        }
        Stream.of(set.sum(), set.minimum(), set.maximum()).forEach(MetricRules::requireValue);
        MetricRules.requireCount(set.sampleCount());
        if (set.minimum() > set.maximum()) {
            throw CloudWatchErrors.invalid(
                    "The minimum " + set.minimum() + " is above the maximum " + set.maximum() + ".");
        }
        return bucket -> bucket.addSet(set.sum(), set.minimum(), set.maximum(), set.sampleCount());
    }
}
