package dev.spillway.local.cloudwatch;

import dev.spillway.local.ecs.EventSink;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/**
 * A simulated account of Amazon CloudWatch: metrics in sums of a minute, metric math, and alarms. What a product may do
 * goes through {@link #client()}; what AWS's own services and the embedded metric format bring is {@link #put}. Safe for
 * use by many threads.
 */
public final class SimulatedCloudWatch {

    private final Timeline timeline;
    private final MetricStore store;
    private final Alarms alarms;
    private final CloudWatchClient client;

    /**
     * An empty account. Nothing happens on the timeline by itself before the first alarm; from then on, something does each
     * minute and for ever.
     *
     * @param settings Region, account and times
     * @param timeline what all of it happens on
     * @param sink gets an event for each change of an alarm's state
     * @param actions what an alarm may do, by ARN; asked when an alarm is defined
     */
    public SimulatedCloudWatch(
            CloudWatchSettings settings,
            Timeline timeline,
            EventSink sink,
            Function<String, Optional<AlarmAction>> actions) {
        this.timeline = timeline;
        this.store = new MetricStore(settings.retention());
        this.alarms = new Alarms(settings, timeline, store, sink, new AlarmDefinitions(settings, actions));
        this.client = new SimulatedCloudWatchClient(store, alarms, timeline);
    }

    /** The account as the AWS SDK shows it. */
    public CloudWatchClient client() {
        return client;
    }

    /**
     * Takes a value; namespaces of AWS's own are allowed here.
     *
     * @param unit as CloudWatch writes it, for example {@code Count}; null is {@code None}
     * @param at when the value was taken; at most two weeks ago and two hours ahead
     * @throws software.amazon.awssdk.services.cloudwatch.model.CloudWatchException if CloudWatch would not take it
     * @throws UnsupportedOperationException if the metric has come with another unit
     */
    public void put(
            String namespace,
            String name,
            Map<String, String> dimensions,
            double value,
            @Nullable String unit,
            Instant at) {
        MetricRules.requireValue(value);
        MetricRules.requireTime(at, timeline.now());
        store.put(
                MetricKey.of(namespace, name, dimensions),
                MetricRules.unit(unit),
                at,
                timeline.now(),
                bucket -> bucket.add(value, 1));
    }

    /**
     * Defines an alarm, or defines one of that name anew, which leaves its state as it is. It is first evaluated with
     * the others, some seconds after a full minute.
     *
     * @throws software.amazon.awssdk.services.cloudwatch.model.CloudWatchException if CloudWatch would not take it, or
     *     there is no such action
     * @throws UnsupportedOperationException if something of it is not simulated
     */
    public void putMetricAlarm(PutMetricAlarmRequest alarm) {
        alarms.put(alarm);
    }

    /**
     * A statistic of one metric over time, for whoever looks on; everything else asks by GetMetricData.
     *
     * @param statistic {@code Sum}, {@code Average}, {@code Minimum}, {@code Maximum}, {@code SampleCount}, or a percentile
     * @param from the first period begins at the full minute at or before it
     * @param to the last period begins before it
     * @param period full minutes, at most a day
     * @return by the beginnings of the periods; those without data are missing, not 0
     */
    public NavigableMap<Instant, Double> series(
            String namespace,
            String name,
            Map<String, String> dimensions,
            String statistic,
            Instant from,
            Instant to,
            Duration period) {
        Duration length = Periods.length(Math.toIntExact(period.toSeconds()));
        return store.series(
                        MetricKey.of(namespace, name, dimensions),
                        Stat.named(statistic),
                        Periods.between(from, to, length))
                .points();
    }
}
