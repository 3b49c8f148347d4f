package dev.spillway.local.page.source;

import dev.spillway.local.capacity.ClusterView;
import dev.spillway.local.page.RoomMinute;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;

/** The room in the cluster and its thresholds, from the metrics that the template's alarms look at. */
final class Room {

    private static final String NAMESPACE = "Spillway";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final ClusterView cluster;

    Room(ClusterView cluster) {
        this.cluster = cluster;
    }

    /** The minutes of the last day in which there was a sample. */
    List<RoomMinute> minutes(Instant now) {
        Span day = new Span(now.minus(DAY), now);
        NavigableMap<Instant, Double> schedulable = ofCluster("SchedulableContainers", "Minimum", day);
        NavigableMap<Instant, Double> perInstance = ofCluster("ContainersPerInstance", "Maximum", day);
        NavigableMap<Instant, Double> waiting = ofCluster("WaitingTasksForInstances", "Maximum", day);
        NavigableMap<Instant, Double> spilledOver = series("TasksSpilledOver", Map.of("Service", "driver"), "Sum", day);
        return schedulable.entrySet().stream()
                .map(minute -> {
                    Instant at = minute.getKey();
                    boolean wanted = waiting.getOrDefault(at, 0.0) + spilledOver.getOrDefault(at, 0.0) > 0;
                    double low = cluster.headroom() == 0 && wanted ? 1 : cluster.headroom();
                    Double containers = perInstance.get(at);
                    return new RoomMinute(at, minute.getValue(), low, high(low, containers == null ? 0 : containers));
                })
                .toList();
    }

    /** Twice the headroom stays when an instance goes. Without instances there is none that could go. */
    private static OptionalDouble high(double low, double perInstance) {
        return perInstance > 0 ? OptionalDouble.of(2 * low + perInstance) : OptionalDouble.empty();
    }

    private record Span(Instant from, Instant to) {}

    private NavigableMap<Instant, Double> ofCluster(String name, String statistic, Span span) {
        return series(name, Map.of("ClusterName", cluster.clusterName()), statistic, span);
    }

    private NavigableMap<Instant, Double> series(
            String name, Map<String, String> dimensions, String statistic, Span span) {
        return cluster.cloudWatch().series(NAMESPACE, name, dimensions, statistic, span.from(), span.to(), MINUTE);
    }
}
