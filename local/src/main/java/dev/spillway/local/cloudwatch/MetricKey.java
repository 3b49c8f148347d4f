package dev.spillway.local.cloudwatch;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/**
 * What makes a metric itself and no other: another set of dimensions is another metric, and nothing is added up across
 * them (CloudWatch user guide, "Dimension combinations").
 */
record MetricKey(String namespace, String name, SortedMap<String, String> dimensions) {

    MetricKey {
        dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    }

    /** @throws software.amazon.awssdk.services.cloudwatch.model.CloudWatchException if it cannot be a metric */
    static MetricKey of(String namespace, String name, Map<String, String> dimensions) {
        MetricRules.requireNamespace(namespace);
        MetricRules.requireName(name);
        MetricRules.requireDimensions(dimensions);
        return new MetricKey(namespace, name, new TreeMap<>(dimensions));
    }

    /** @throws software.amazon.awssdk.services.cloudwatch.model.CloudWatchException if it cannot be a metric */
    static MetricKey of(String namespace, String name, List<Dimension> dimensions) {
        Map<String, String> byName = new TreeMap<>();
        for (Dimension dimension : dimensions) {
            if (dimension.name() == null || dimension.value() == null) {
                throw CloudWatchErrors.missing("Dimensions.Name and .Value");
            }
            if (byName.put(dimension.name(), dimension.value()) != null) {
                throw CloudWatchErrors.invalid("The dimension " + dimension.name() + " is given twice.");
            }
        }
        return of(namespace, name, byName);
    }

    static MetricKey of(Metric metric) {
        return of(metric.namespace(), metric.metricName(), metric.dimensions());
    }

    List<Dimension> dimensionList() {
        return dimensions.entrySet().stream()
                .map(entry -> Dimension.builder()
                        .name(entry.getKey())
                        .value(entry.getValue())
                        .build())
                .toList();
    }

    Metric describe() {
        return Metric.builder()
                .namespace(namespace)
                .metricName(name)
                .dimensions(dimensionList())
                .build();
    }

    @Override
    public String toString() {
        return namespace + " " + name + dimensions;
    }
}
