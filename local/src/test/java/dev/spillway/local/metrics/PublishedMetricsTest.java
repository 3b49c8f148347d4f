package dev.spillway.local.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.local.cloudwatch.CloudWatchSettings;
import dev.spillway.local.cloudwatch.SimulatedCloudWatch;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** As Powertools 2.9.0 was seen to write its embedded metric format. */
class PublishedMetricsTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Map<String, String> ENVIRONMENT =
            Map.of("POWERTOOLS_METRICS_NAMESPACE", "Spillway", "POWERTOOLS_SERVICE_NAME", "driver");

    private final SimulatedTimeline timeline = new SimulatedTimeline(START, 1);
    private final SimulatedCloudWatch cloudWatch =
            new SimulatedCloudWatch(CloudWatchSettings.defaults(), timeline, event -> {}, arn -> Optional.empty());
    private final PublishedMetrics metrics = PublishedMetrics.of(cloudWatch, ENVIRONMENT, timeline.clock());

    private String sum(String name, Map<String, String> dimensions) {
        return cloudWatch
                .series(
                        "Spillway",
                        name,
                        dimensions,
                        "Sum",
                        START,
                        timeline.now().plusSeconds(1),
                        Duration.ofMinutes(1))
                .toString();
    }

    private String listed(String name) {
        return cloudWatch.client().listMetrics(r -> r.metricName(name)).metrics().stream()
                .map(metric -> metric.dimensions().stream().map(Dimension::name).collect(Collectors.joining("+")))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    @Test
    void values_reach_cloudwatch_at_the_flush_and_at_its_time() {
        metrics.addMetric("TasksAccepted", 1, MetricUnit.COUNT);
        metrics.addMetric("TasksAccepted", 1, MetricUnit.COUNT);
        assertThat(listed("TasksAccepted")).isEmpty();
        timeline.runFor(Duration.ofMinutes(2));

        metrics.flush();
        metrics.flush();

        assertThat(sum("TasksAccepted", Map.of("Service", "driver"))).isEqualTo("{2026-11-01T00:02:00Z=2.0}");
        assertThat(metrics.all().get("TasksAccepted")).isEqualTo(new PublishedMetrics.Statistics(2, 2, 1));
    }

    @Test
    void a_set_of_dimensions_that_is_added_makes_another_metric_until_the_flush() {
        metrics.addDimension("ClusterName", "spillway");
        metrics.addMetric("A", 1, MetricUnit.COUNT);
        metrics.flush();
        metrics.addMetric("B", 1, MetricUnit.COUNT);
        metrics.flush();

        assertThat(listed("A")).isEqualTo("ClusterName Service");
        assertThat(listed("B")).isEqualTo("Service");
    }

    @Test
    void default_dimensions_can_be_others() {
        metrics.setDefaultDimensions(DimensionSet.of("ClusterName", "spillway", "Pool", "spot"));
        metrics.addMetric("A", 1, MetricUnit.COUNT);
        metrics.flush();

        assertThat(listed("A")).isEqualTo("ClusterName+Pool");
    }

    @Test
    void metrics_that_are_flushed_apart_leave_the_others_alone() {
        metrics.addMetric("A", 1, MetricUnit.COUNT);
        metrics.flushMetrics(apart -> {
            apart.addDimension("ClusterName", "spillway");
            apart.addMetric("B", 1, MetricUnit.COUNT);
        });

        assertThat(listed("A")).isEmpty();
        assertThat(listed("B")).isEqualTo("ClusterName Service");
        metrics.flush();
        assertThat(listed("A")).isEqualTo("Service");
        assertThat(metrics.all()).containsOnlyKeys("A", "B");
    }

    @Test
    void a_function_that_does_not_say_where_its_metrics_belong_is_refused_when_it_has_some() {
        for (String missing : ENVIRONMENT.keySet()) {
            Map<String, String> rest = ENVIRONMENT.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(missing))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            PublishedMetrics without = PublishedMetrics.of(cloudWatch, rest, timeline.clock());
            without.flush();
            without.addMetric("A", 1, MetricUnit.COUNT);

            assertThatThrownBy(without::flush).hasMessageContaining(missing);
        }
    }
}
