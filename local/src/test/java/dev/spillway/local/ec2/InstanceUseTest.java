package dev.spillway.local.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.spillway.local.ec2.LaunchOutcome.Launched;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long each instance has run, for whoever reckons what it cost. */
class InstanceUseTest {

    private final SimulatedTimeline timeline = new SimulatedTimeline(Instant.parse("2026-11-01T00:00:00Z"), 1);
    private final SimulatedEc2 ec2 =
            new SimulatedEc2(Ec2Settings.defaults(), timeline, new ListedInstances(), event -> {});

    @Test
    void anInstanceRunsFromItsLaunchUntilItShutsDown() {
        String ended = launch("m5.large", CapacityKind.SPOT);
        timeline.runFor(Duration.ofMinutes(10));
        String running = launch("c5.xlarge", CapacityKind.ON_DEMAND);
        ec2.terminate(ended);
        timeline.runFor(Duration.ofMinutes(50));

        assertThat(ec2.instanceUse())
                .extracting(
                        InstanceUse::instanceId, InstanceUse::instanceType, InstanceUse::kind, InstanceUse::runningTime)
                .containsExactly(
                        tuple(ended, "m5.large", CapacityKind.SPOT, Duration.ofMinutes(10)),
                        tuple(running, "c5.xlarge", CapacityKind.ON_DEMAND, Duration.ofMinutes(50)));
    }

    @Test
    void aSpotInstanceRunsThroughItsNotice() {
        String id = launch("m5.large", CapacityKind.SPOT);
        timeline.runFor(Duration.ofMinutes(5));
        ec2.interrupt(id);
        timeline.runFor(Duration.ofMinutes(20));
        assertThat(ec2.instanceUse())
                .singleElement()
                .satisfies(use -> assertThat(use.runningTime()).isEqualTo(Duration.ofMinutes(7)));
    }

    private String launch(String type, CapacityKind kind) {
        LaunchOutcome outcome =
                ec2.launch(new LaunchRequest("tests", type, kind, "us-east-1a", BootTimes.SEEN), new Unheard());
        return ((Launched) outcome).instanceId();
    }

    private static final class Unheard implements InstanceListener {
        @Override
        public void running(String instanceId) {}

        @Override
        public void interruptionNotice(String instanceId) {}

        @Override
        public void gone(String instanceId) {}
    }
}
