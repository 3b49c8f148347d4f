package dev.spillway.local.metrics;

import com.amazonaws.services.lambda.runtime.Context;
import dev.spillway.local.cloudwatch.SimulatedCloudWatch;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricResolution;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Takes a function's metrics, hands them to CloudWatch at each flush as Powertools' embedded metric format does, and keeps
 * the statistics of each by name, for the life of the local system.
 *
 * <p>As in Powertools 2.9.0, the default dimensions are one set of dimensions, and each further set that is added before a
 * flush makes the same values another metric beside it.
 */
public final class PublishedMetrics implements Metrics {

    private static final String NAMESPACE = "POWERTOOLS_METRICS_NAMESPACE";
    private static final String SERVICE = "POWERTOOLS_SERVICE_NAME";

    private final ConcurrentMap<String, Statistics> byName;
    private final Sink sink;
    private final Queue<Value> unflushed = new ConcurrentLinkedQueue<>();
    private final Queue<DimensionSet> added = new ConcurrentLinkedQueue<>();
    private volatile DimensionSet defaultDimensions;

    /** Where values go at a flush. */
    @FunctionalInterface
    private interface Sink {
        void take(Value value, List<DimensionSet> dimensions);
    }

    private record Value(String name, double value, MetricUnit unit) {}

    private PublishedMetrics(ConcurrentMap<String, Statistics> byName, DimensionSet defaultDimensions, Sink sink) {
        this.byName = byName;
        this.defaultDimensions = defaultDimensions;
        this.sink = sink;
    }

    /** Metrics that go nowhere but into {@link #all()}. */
    public PublishedMetrics() {
        this(new ConcurrentHashMap<>(), new DimensionSet(), (value, dimensions) -> {});
    }

    /**
     * The metrics of one function.
     *
     * @param cloudWatch takes them at each flush
     * @param environment the function's, for the namespace and, as the dimension {@code Service}, its service name
     * @param clock gives the time of a flush
     */
    public static PublishedMetrics of(SimulatedCloudWatch cloudWatch, Map<String, String> environment, Clock clock) {
        String service = environment.get(SERVICE);
        return new PublishedMetrics(
                new ConcurrentHashMap<>(),
                service == null ? new DimensionSet() : DimensionSet.of("Service", service),
                (value, sets) -> {
                    String namespace = required(environment, NAMESPACE);
                    if (sets.isEmpty()) {
                        // Powertools would take the log group and the like for dimensions, which nobody means.
                        required(environment, SERVICE);
                    }
                    sets.forEach(set -> cloudWatch.put(
                            namespace,
                            value.name(),
                            set.getDimensions(),
                            value.value(),
                            value.unit().getName(),
                            clock.instant()));
                });
    }

    private static String required(Map<String, String> environment, String variable) {
        String value = environment.get(variable);
        if (value == null) {
            throw new IllegalStateException("a function that publishes metrics needs " + variable);
        }
        return value;
    }

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
        unflushed.add(new Value(name, value, unit));
    }

    @Override
    public void addDimension(DimensionSet dimensions) {
        added.add(dimensions);
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
        throw new UnsupportedOperationException("no function of this project asks for it");
    }

    /** Values of invocations that overlap may go with either's flush; they get the same time and dimensions. */
    @Override
    public void flush() {
        List<DimensionSet> sets = new ArrayList<>();
        if (!defaultDimensions.getDimensions().isEmpty()) {
            sets.add(defaultDimensions);
        }
        for (DimensionSet set = added.poll(); set != null; set = added.poll()) {
            sets.add(set);
        }
        for (Value value = unflushed.poll(); value != null; value = unflushed.poll()) {
            sink.take(value, sets);
        }
    }

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
        PublishedMetrics apart = new PublishedMetrics(byName, defaultDimensions, sink);
        publish.accept(apart);
        apart.flush();
    }
}
