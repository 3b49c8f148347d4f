package dev.spillway.local.autoscaling;

import static dev.spillway.local.autoscaling.SimulatedGroups.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spillway.local.ec2.BootTimes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.Instance;

/** Groups launch and terminate until they have what they should. */
class ScalingProcessesTest {

    private final SimulatedGroups world = new SimulatedGroups();

    @Test
    void anInstanceIsPendingThenInServiceAndJoinsAfterThat() {
        world.autoScaling.group(GROUP).desired(1).create();
        assertThat(world.instances()).isEmpty();

        world.pass(Duration.ofSeconds(15));
        assertThat(world.states()).containsExactly("Pending");
        world.pass(Duration.ofSeconds(23));
        assertThat(world.states()).containsExactly("InService");
        assertThat(world.joined).isEmpty();
        world.pass(Duration.ofSeconds(18));
        assertThat(world.joined).containsExactlyElementsOf(world.in("InService"));
    }

    @Test
    void anInstanceThatNeverJoinsIsInServiceAllTheSame() {
        world.autoScaling.group(GROUP).max(2).desired(2).create();
        world.autoScaling.nextNeverJoin(GROUP, 1);
        world.settle();

        assertThat(world.in("InService")).hasSize(2);
        assertThat(world.joined).hasSize(1);
    }

    @Test
    void instancesAreSpreadOverTheZonesAndTypesTakeTurns() {
        world.autoScaling
                .group(GROUP)
                .max(4)
                .desired(4)
                .instanceTypes("m5.large", "c5.xlarge")
                .create();
        world.settle();

        assertThat(world.instances())
                .extracting(Instance::instanceType)
                .containsExactly("m5.large", "c5.xlarge", "m5.large", "c5.xlarge");
        assertThat(world.instances())
                .extracting(Instance::availabilityZone)
                .containsExactly("us-east-1a", "us-east-1b", "us-east-1a", "us-east-1b");
    }

    @Test
    void aLaunchIsAnActivityThatSaysWhy() {
        world.autoScaling.group(GROUP).max(2).create();
        world.desire(2);
        world.pass(Duration.ofSeconds(20));

        Activity begun = world.activities().getFirst();
        assertThat(begun.statusCodeAsString()).isEqualTo("InProgress");
        assertThat(begun.cause())
                .isEqualTo("At 2026-11-01T00:00:00Z a user request explicitly set group desired capacity changing the"
                        + " desired capacity from 0 to 2.  At 2026-11-01T00:00:15Z an instance was started in response to"
                        + " a difference between desired and actual capacity, increasing the capacity from 0 to 2.");
        world.settle();

        List<Activity> done = world.activities();
        assertThat(done).hasSize(2).allSatisfy(activity -> {
            assertThat(activity.statusCodeAsString()).isEqualTo("Successful");
            assertThat(activity.startTime()).isEqualTo(world.at(Duration.ofSeconds(15)));
            assertThat(activity.endTime()).isEqualTo(world.at(Duration.ofSeconds(38)));
            assertThat(activity.progress()).isEqualTo(100);
        });
        assertThat(done)
                .extracting(Activity::description)
                .containsExactlyInAnyOrderElementsOf(world.in("InService").stream()
                        .map(id -> "Launching a new EC2 instance: " + id)
                        .toList());
    }

    @Test
    void aLaunchAndATerminationAreEventsInTheirDocumentedShape() {
        String arn = world.autoScaling.group(GROUP).desired(1).create();
        world.settle();
        String id = world.in("InService").getFirst();
        world.desire(0);
        world.settle();

        JsonNode launched = world.events("EC2 Instance Launch Successful").getFirst();
        assertThat(launched.path("source").asText()).isEqualTo("aws.autoscaling");
        assertThat(launched.path("resources"))
                .extracting(JsonNode::asText)
                .containsExactly(arn, "arn:aws:ec2:us-east-1:000000000000:instance/" + id);
        assertThat(launched.path("detail").properties())
                .extracting(field -> field.getKey())
                .containsExactlyInAnyOrder(
                        "StatusCode",
                        "AutoScalingGroupName",
                        "ActivityId",
                        "Details",
                        "RequestId",
                        "StatusMessage",
                        "EndTime",
                        "EC2InstanceId",
                        "StartTime",
                        "Cause",
                        "Description",
                        "Origin",
                        "Destination");
        assertThat(launched.path("detail").path("EC2InstanceId").asText()).isEqualTo(id);

        JsonNode terminated = world.events("EC2 Instance Terminate Successful").getFirst();
        assertThat(terminated.path("detail").path("Description").asText()).isEqualTo("Terminating EC2 instance: " + id);
        assertThat(terminated.path("detail").path("Destination").asText()).isEqualTo("EC2");
    }

    @Test
    void withoutAHookAnInstanceIsGoneAfterItsShutdown() {
        world.autoScaling.group(GROUP).desired(1).create();
        world.settle();
        world.desire(0);
        world.pass(Duration.ofSeconds(15));

        assertThat(world.states()).containsExactly("Terminating");
        assertThat(world.joined).isEmpty();
        world.pass(Duration.ofSeconds(22));
        assertThat(world.instances()).isEmpty();
        assertThat(world.activities().getFirst().cause())
                .contains("shrinking the capacity from 1 to 0.  At ")
                .endsWith(" was selected for termination.");
    }

    @Test
    void whatIsPendingIsNotTerminatedBeforeItIsInService() {
        world.autoScaling.group(GROUP).max(3).desired(3).create();
        world.pass(Duration.ofSeconds(20));
        world.desire(1);
        world.pass(Duration.ofSeconds(16));
        assertThat(world.states()).containsExactly("Pending", "Pending", "Pending");

        world.settle();
        assertThat(world.states()).containsExactly("InService");
    }

    @Test
    void theOldestOfTheFullestZoneGoesFirst() {
        world.autoScaling.group(GROUP).max(5).desired(3).create();
        world.settle();
        List<String> inA = inZone("us-east-1a");
        world.desire(2);
        world.settle();

        assertThat(inZone("us-east-1a")).containsExactly(inA.getLast());
        assertThat(inZone("us-east-1b")).hasSize(1);
    }

    @Test
    void whatIsProtectedStaysUntilItIsNoLonger() {
        world.autoScaling.group(GROUP).max(2).desired(2).protectNewInstances().create();
        world.settle();
        world.desire(1);
        world.settle();
        assertThat(world.in("InService")).hasSize(2);

        String released = world.in("InService").getLast();
        world.autoScaling.protectFromScaleIn(GROUP, released, false);
        world.settle();
        assertThat(world.in("InService")).hasSize(1).doesNotContain(released);
    }

    @Test
    void anInstanceThatIsGoneIsNoticedAndReplaced() {
        world.autoScaling.group(GROUP).desired(1).create();
        world.settle();
        String lost = world.in("InService").getFirst();
        world.ec2.lose(lost);
        assertThat(world.joined).isEmpty();
        world.pass(Duration.ofSeconds(29));
        assertThat(world.in("InService")).containsExactly(lost);

        world.settle();
        assertThat(world.in("InService")).hasSize(1).doesNotContain(lost);
        assertThat(world.activities())
                .extracting(Activity::cause)
                .anyMatch(cause ->
                        cause.endsWith("an instance was taken out of service in response to an EC2 health check"
                                + " that indicated it had been terminated or stopped."));
    }

    @Test
    void anInstanceThatIsGoneBeforeItIsInServiceIsAFailedLaunch() {
        BootTimes slow = new BootTimes(Duration.ofMinutes(3), Duration.ofMinutes(4));
        world.autoScaling.group(GROUP).desired(1).boot(slow).create();
        world.pass(Duration.ofMinutes(1));
        world.ec2.lose(world.in("Pending").getFirst());
        world.pass(Duration.ofMinutes(5));

        assertThat(world.in("InService")).hasSize(1);
        assertThat(world.activities()).extracting(Activity::statusCodeAsString).containsExactly("Successful", "Failed");
        assertThat(world.events("EC2 Instance Launch Unsuccessful")).hasSize(1);
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        assertThat(history(7)).isEqualTo(history(7)).isNotEqualTo(history(8));
    }

    private static String history(long seed) {
        SimulatedGroups other = new SimulatedGroups(seed);
        other.autoScaling.group(GROUP).max(3).desired(3).create();
        other.settle();
        return other.events.toString() + other.group();
    }

    @Test
    void aDesiredCapacityOutsideOfTheBoundsMakesNoGroup() {
        GroupBuilder group = world.autoScaling.group(GROUP).min(4).max(10).desired(2);
        assertThatThrownBy(group::create)
                .isInstanceOf(AutoScalingException.class)
                .hasMessageContaining("Desired capacity:2 must be between the specified min size:4 and max size:10");
    }

    private List<String> inZone(String zone) {
        return world.instances().stream()
                .filter(instance -> instance.availabilityZone().equals(zone))
                .map(Instance::instanceId)
                .toList();
    }
}
