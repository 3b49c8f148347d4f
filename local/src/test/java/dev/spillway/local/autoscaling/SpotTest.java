package dev.spillway.local.autoscaling;

import static dev.spillway.local.autoscaling.SimulatedGroups.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.Instance;

/** Spot capacity that is not there, and that is taken back. */
class SpotTest {

    private static final String WARNING = "EC2 Spot Instance Interruption Warning";

    private final SimulatedGroups world = new SimulatedGroups();

    @Test
    void withoutCapacityALaunchFailsAndIsTriedAgainEachMinute() {
        group(2);
        world.autoScaling.spotAvailable(GROUP, false);
        world.desire(2);
        world.pass(Duration.ofSeconds(15 + 3 * 60));

        assertThat(world.instances()).isEmpty();
        assertThat(world.activities()).hasSize(4).allSatisfy(activity -> {
            assertThat(activity.statusCodeAsString()).isEqualTo("Failed");
            assertThat(activity.statusMessage())
                    .isEqualTo(
                            "Could not launch Spot Instances. InsufficientInstanceCapacity - There is no Spot capacity"
                                    + " available that matches your request. Launching EC2 instance failed.");
            assertThat(activity.endTime()).isNotNull();
        });
        assertThat(world.activities().getFirst().cause())
                .isEqualTo("At 2026-11-01T00:03:15Z an instance was started in response to a difference between desired"
                        + " and actual capacity, increasing the capacity from 0 to 2.");
        JsonNode event = world.events("EC2 Instance Launch Unsuccessful").getFirst();
        assertThat(event.path("detail").path("StatusCode").asText()).isEqualTo("Failed");
        assertThat(event.path("detail").path("StatusMessage").asText()).startsWith("Could not launch Spot Instances.");
        assertThat(event.path("resources")).hasSize(1);

        world.autoScaling.spotAvailable(GROUP, true);
        world.settle();
        assertThat(world.in("InService")).hasSize(2);
    }

    @Test
    void aPartOfTheCapacityIsUsedAsFarAsItGoes() {
        group(5);
        world.autoScaling.spotAvailable(GROUP, 3);
        world.desire(5);
        world.settle();
        assertThat(world.in("InService")).hasSize(3);
        assertThat(world.desired()).isEqualTo(5);
    }

    @Test
    void capacityThatIsTakenAwayInterruptsWithOneWarningAndEndsTwoMinutesLater() {
        group(3);
        world.desire(3);
        world.settle();
        world.autoScaling.spotAvailable(GROUP, 1);
        world.pass(Duration.ofSeconds(119));
        assertThat(world.events(WARNING)).hasSize(2).allSatisfy(event -> {
            String id = event.path("detail").path("instance-id").asText();
            assertThat(world.in("InService")).contains(id);
            assertThat(event.path("source").asText()).isEqualTo("aws.ec2");
            assertThat(event.path("detail").path("instance-action").asText()).isEqualTo("terminate");
            assertThat(event.path("resources").path(0).asText()).matches("arn:aws:ec2:us-east-1[ab]:instance/" + id);
        });
        assertThat(world.joined).hasSize(3);

        world.pass(Duration.ofSeconds(1));
        assertThat(world.joined).hasSize(1);
        world.pass(Duration.ofMinutes(10));
        assertThat(world.in("InService")).hasSize(1);
        assertThat(world.events(WARNING)).hasSize(2);

        world.autoScaling.spotAvailable(GROUP, true);
        world.settle();
        assertThat(world.in("InService")).hasSize(3);
    }

    @Test
    void aHookDoesNotKeepASpotInstanceButIsStillToBeCompleted() {
        SimulatedGroups hooked = new SimulatedGroups();
        hooked.autoScaling
                .group(GROUP)
                .spot()
                .desired(1)
                .terminatingHook("drain", Duration.ofMinutes(6))
                .create();
        hooked.settle();
        String taken = hooked.in("InService").getFirst();
        hooked.ec2.interrupt(taken);
        hooked.pass(Duration.ofMinutes(2));
        assertThat(hooked.joined).isEmpty();
        assertThat(hooked.events("EC2 Instance-terminate Lifecycle Action")).isEmpty();

        hooked.pass(Duration.ofSeconds(30));
        assertThat(hooked.events("EC2 Instance-terminate Lifecycle Action")).hasSize(1);
        hooked.pass(Duration.ofSeconds(60));
        assertThat(hooked.states()).containsExactly("InService", "Terminating:Wait");
        assertThat(hooked.instances())
                .filteredOn(instance -> instance.instanceId().equals(taken))
                .extracting(Instance::healthStatus)
                .containsExactly("Unhealthy");

        hooked.complete(taken);
        assertThat(hooked.states()).containsExactly("InService");
    }

    @Test
    void aSpotInstanceThatDrainsIsTakenBackWhateverTheHookSays() {
        SimulatedGroups hooked = new SimulatedGroups();
        hooked.autoScaling
                .group(GROUP)
                .spot()
                .desired(1)
                .terminatingHook("drain", Duration.ofMinutes(6))
                .create();
        hooked.settle();
        String id = hooked.in("InService").getFirst();
        hooked.desire(0);
        hooked.pass(Duration.ofSeconds(20));
        hooked.ec2.interrupt(id);
        hooked.pass(Duration.ofMinutes(2));
        assertThat(hooked.joined).isEmpty();
        assertThat(hooked.in("Terminating:Wait")).containsExactly(id);

        hooked.heartbeat(id);
        hooked.complete(id);
        assertThat(hooked.instances()).isEmpty();
        assertThat(hooked.activities().getFirst().statusCodeAsString()).isEqualTo("Successful");
    }

    @Test
    void withCapacityRebalancingHookAndReplacementComeWithTheNotice() {
        world.autoScaling
                .group(GROUP)
                .spot()
                .capacityRebalance()
                .desired(1)
                .terminatingHook("drain", Duration.ofMinutes(6))
                .create();
        world.settle();
        world.ec2.interrupt(world.in("InService").getFirst());
        world.pass(Duration.ofSeconds(15));
        assertThat(world.states()).containsExactly("Pending", "Terminating:Wait");
        assertThat(world.joined).hasSize(1);
        assertThatThrownBy(
                        () -> world.ec2.recommendRebalance(world.in("Pending").getFirst()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aRebalanceRecommendationIsOnlyAnEvent() {
        group(1);
        world.desire(1);
        world.settle();
        String id = world.in("InService").getFirst();
        world.ec2.recommendRebalance(id);
        world.pass(Duration.ofMinutes(10));

        assertThat(world.in("InService")).containsExactly(id);
        assertThat(world.events("EC2 Instance Rebalance Recommendation"))
                .singleElement()
                .satisfies(event -> assertThat(
                                event.path("detail").path("instance-id").asText())
                        .isEqualTo(id));
    }

    @Test
    void onDemandInstancesAreNeverTakenBack() {
        world.autoScaling.group(GROUP).desired(1).create();
        world.settle();
        world.autoScaling.spotAvailable(GROUP, false);
        world.pass(Duration.ofMinutes(10));
        assertThat(world.in("InService")).hasSize(1);
        assertThatThrownBy(() -> world.ec2.interrupt(world.in("InService").getFirst()))
                .hasMessageContaining("is an on-demand instance");
    }

    @Test
    void anInterruptionThatComesTwiceIsOne() {
        group(1);
        world.desire(1);
        world.settle();
        String id = world.in("InService").getFirst();
        world.ec2.interrupt(id);
        world.ec2.interrupt(id);
        world.pass(Duration.ofMinutes(3));
        assertThat(world.events(WARNING)).hasSize(1);
        assertThat(world.activities())
                .extracting(Activity::description)
                .filteredOn(text -> text.contains(id))
                .hasSize(2);
    }

    private void group(int max) {
        world.autoScaling.group(GROUP).spot().max(max).create();
    }
}
