package dev.spillway.local.autoscaling;

import static dev.spillway.local.autoscaling.SimulatedGroups.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.local.autoscaling.SimulatedGroups.Metric;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The metrics of groups. */
class GroupMetricsTest {

    private final SimulatedGroups world = new SimulatedGroups();

    @Test
    void aGroupPublishesWhatItHasEachMinute() {
        world.autoScaling
                .group(GROUP)
                .min(1)
                .max(9)
                .desired(3)
                .metrics()
                .terminatingHook("drain", Duration.ofMinutes(6))
                .create();
        world.pass(Duration.ofSeconds(90));
        world.desire(2);
        world.pass(Duration.ofSeconds(20));
        world.desire(4);
        world.pass(Duration.ofSeconds(16));

        assertThat(world.metrics).hasSize(2 * 7).allSatisfy(metric -> {
            assertThat(metric.namespace()).isEqualTo("AWS/AutoScaling");
            assertThat(metric.dimensions()).containsExactly(Map.entry("AutoScalingGroupName", GROUP));
        });
        assertThat(at(Duration.ofMinutes(1)))
                .containsEntry("GroupMinSize", 1.0)
                .containsEntry("GroupMaxSize", 9.0)
                .containsEntry("GroupDesiredCapacity", 3.0)
                .containsEntry("GroupInServiceInstances", 3.0)
                .containsEntry("GroupTotalInstances", 3.0);
        assertThat(at(Duration.ofMinutes(2)))
                .containsEntry("GroupDesiredCapacity", 4.0)
                .containsEntry("GroupInServiceInstances", 2.0)
                .containsEntry("GroupPendingInstances", 0.0)
                .containsEntry("GroupTerminatingInstances", 1.0)
                .containsEntry("GroupTotalInstances", 3.0);
        world.pass(Duration.ofSeconds(54));
        assertThat(at(Duration.ofMinutes(3))).containsEntry("GroupTotalInstances", 5.0);
    }

    @Test
    void metricsCollectionIsOffByDefault() {
        world.autoScaling.group(GROUP).create();
        world.pass(Duration.ofMinutes(5));
        assertThat(world.metrics).isEmpty();
    }

    private Map<String, Double> at(Duration sinceStart) {
        return world.metrics.stream()
                .filter(metric -> metric.at().equals(world.at(sinceStart)))
                .collect(Collectors.toMap(Metric::name, Metric::value));
    }
}
