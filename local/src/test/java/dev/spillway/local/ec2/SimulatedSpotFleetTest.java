package dev.spillway.local.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.ec2.SpotFleetSettings.WeightedType;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Spot Fleet request, whose capacity is in units. */
class SimulatedSpotFleetTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final String FLEET = "sfr-12345678-1234-1234-1234-123456789012";

    private final SimulatedTimeline timeline = new SimulatedTimeline(START, 1);
    private final List<ObjectNode> events = new ArrayList<>();
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final ListedInstances host = new ListedInstances();
    private final SimulatedEc2 ec2 = new SimulatedEc2(Ec2Settings.defaults(), timeline, host, events::add);
    private final SimulatedSpotFleet fleet = new SimulatedSpotFleet(
            ec2,
            timeline,
            this::measured,
            new SpotFleetSettings(
                    FLEET,
                    8,
                    List.of(new WeightedType("m5.large", 1), new WeightedType("m5.2xlarge", 4)),
                    List.of("us-east-1a", "us-east-1b"),
                    BootTimes.SEEN));

    @Test
    void itLaunchesUntilTheTargetIsFulfilled() {
        timeline.runFor(Duration.ofMinutes(1));
        assertThat(fleet.fulfilledCapacity()).isEqualTo(10);
        assertThat(host.joined).hasSize(4);
        assertThat(metrics)
                .containsEntry("TargetCapacity", 8.0)
                .containsEntry("FulfilledCapacity", 10.0)
                .containsEntry("PendingCapacity", 0.0)
                .containsEntry("TerminatingCapacity", 0.0);
    }

    @Test
    void whatIsMissingIsPendingAndIsLaunchedWhenThereIsCapacity() {
        ec2.spotAvailable(FLEET, 1);
        timeline.runFor(Duration.ofMinutes(1));
        assertThat(metrics).containsEntry("FulfilledCapacity", 1.0).containsEntry("PendingCapacity", 7.0);

        ec2.spotAvailable(FLEET, true);
        timeline.runFor(Duration.ofMinutes(1));
        assertThat(metrics).containsEntry("PendingCapacity", 0.0);
    }

    @Test
    void capacityThatIsTakenBackIsPendingAfterItsTwoMinutes() {
        timeline.runFor(Duration.ofMinutes(1));
        ec2.spotAvailable(FLEET, false);
        timeline.runFor(Duration.ofSeconds(119));
        assertThat(fleet.fulfilledCapacity()).isEqualTo(10);
        timeline.runFor(Duration.ofSeconds(61));

        assertThat(events).hasSize(4);
        assertThat(host.joined).isEmpty();
        assertThat(metrics)
                .containsEntry("FulfilledCapacity", 0.0)
                .containsEntry("PendingCapacity", 8.0)
                .containsEntry("TerminatingCapacity", 0.0);
    }

    @Test
    void aLowerTargetEndsInstancesAtOnceAndNeverBelowIt() {
        timeline.runFor(Duration.ofSeconds(50));
        timeline.schedule(Duration.ofSeconds(9), () -> fleet.targetCapacity(5));
        timeline.runFor(Duration.ofSeconds(10));
        assertThat(metrics).containsEntry("TargetCapacity", 5.0).containsEntry("TerminatingCapacity", 5.0);
        timeline.runFor(Duration.ofMinutes(1));

        assertThat(fleet.fulfilledCapacity()).isEqualTo(5);
        assertThat(metrics).containsEntry("TerminatingCapacity", 0.0).containsEntry("PendingCapacity", 0.0);
        assertThat(host.joined).containsExactlyInAnyOrderElementsOf(fleet.instances());
    }

    private void measured(String namespace, String name, Map<String, String> dimensions, double value, Instant at) {
        assertThat(namespace).isEqualTo("AWS/EC2Spot");
        assertThat(dimensions).containsExactly(Map.entry("FleetRequestId", FLEET));
        assertThat(at).isEqualTo(timeline.now());
        metrics.put(name, value);
    }
}
