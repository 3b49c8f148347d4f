package dev.spillway.local.metrics;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricResolution;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Takes the functions' metrics and keeps the statistics of each by name, for the life of the local system. */
public final class PublishedMetrics implements Metrics {

    private final ConcurrentMap<String, Statistics> byName = new ConcurrentHashMap<>();
    private volatile DimensionSet defaultDimensions = new DimensionSet();

    /**
     * The statistics of a metric.
     *
     * @param count how many values were published
     * @param sum of the values
     * @param max the largest of them
     */
    public record Statistics(long count, double sum, double max) {
        private Statistics with(Statistics other) {
            return new Statistics(count + other.count, sum + other.sum, Math.max(max, other.max));
        }
    }

    /** All metrics so far, by name. */
    public Map<String, Statistics> all() {
        return new TreeMap<>(byName);
    }

    @Override
    public void addMetric(String name, double value, MetricUnit unit, MetricResolution resolution) {
        byName.merge(name, new Statistics(1, value, value), Statistics::with);
    }

    @Override
    public void addDimension(DimensionSet dimensions) {
        throw new UnsupportedOperationException("no function of this project adds dimensions");
    }

    @Override
    public void setTimestamp(Instant timestamp) {
        throw new UnsupportedOperationException("no function of this project sets timestamps");
    }

    @Override
    public void addMetadata(String key, Object value) {
        throw new UnsupportedOperationException("no function of this project adds metadata");
    }

    @Override
    public void setDefaultDimensions(DimensionSet dimensions) {
        defaultDimensions = dimensions;
    }

    @Override
    public DimensionSet getDefaultDimensions() {
        return defaultDimensions;
    }

    @Override
    public void setNamespace(String namespace) {
        throw new UnsupportedOperationException("the namespace is set by the function's environment");
    }

    @Override
    public void setRaiseOnEmptyMetrics(boolean raise) {
        throw new UnsupportedOperationException("no function of this project asks for it");
    }

    @Override
    public void clearDefaultDimensions() {
        defaultDimensions = new DimensionSet();
    }

    /** Every value is taken at once. */
    @Override
    public void flush() {}

    @Override
    public void captureColdStartMetric(Context context, DimensionSet dimensions) {
        throw new UnsupportedOperationException("no function of this project asks for it");
    }

    @Override
    public void captureColdStartMetric(DimensionSet dimensions) {
        throw new UnsupportedOperationException("no function of this project asks for it");
    }

    @Override
    public void flushMetrics(Consumer<Metrics> publish) {
        publish.accept(this);
    }
}
