package dev.spillway.local.autoscaling;

import static dev.spillway.local.autoscaling.SimulatedGroups.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.EnabledMetric;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.InvalidNextTokenException;

/** What the SDK's client shows, and what it refuses. */
class AutoScalingClientTest {

    private final SimulatedGroups world = SimulatedGroups.of(2, 60);

    @Test
    void aGroupShowsWhatItIsMadeOf() {
        world.autoScaling
                .group("spot")
                .min(1)
                .max(5)
                .desired(2)
                .spot()
                .availabilityZones("us-east-1c")
                .cooldown(Duration.ofSeconds(90))
                .warmup(Duration.ofSeconds(45))
                .metrics()
                .create();
        world.settle();
        AutoScalingGroup group = describe("spot").getFirst();

        assertThat(group.autoScalingGroupARN())
                .matches("arn:aws:autoscaling:us-east-1:000000000000:autoScalingGroup:[0-9a-f-]{36}"
                        + ":autoScalingGroupName/spot");
        assertThat(List.of(group.minSize(), group.maxSize(), group.desiredCapacity()))
                .containsExactly(1, 5, 2);
        assertThat(group.defaultCooldown()).isEqualTo(90);
        assertThat(group.defaultInstanceWarmup()).isEqualTo(45);
        assertThat(group.availabilityZones()).containsExactly("us-east-1c");
        assertThat(group.enabledMetrics()).extracting(EnabledMetric::metric).contains("GroupDesiredCapacity");
        assertThat(group.instances())
                .hasSize(2)
                .extracting(Instance::instanceId)
                .allMatch(id -> id.matches("i-[0-9a-f]{17}"));
    }

    @Test
    void groupsComeInPages() {
        for (int i = 0; i < 120; i++) {
            world.autoScaling.group("group-" + i).create();
        }
        assertThat(world.client.describeAutoScalingGroups().autoScalingGroups()).hasSize(50);
        assertThat(world.client
                        .describeAutoScalingGroupsPaginator(r -> r.maxRecords(7))
                        .autoScalingGroups())
                .extracting(AutoScalingGroup::autoScalingGroupName)
                .hasSize(121)
                .doesNotHaveDuplicates();
        assertThatThrownBy(() -> world.client.describeAutoScalingGroups(r -> r.nextToken("nonsense")))
                .isInstanceOf(InvalidNextTokenException.class);
        assertThatThrownBy(() -> world.client.describeAutoScalingGroups(r -> r.maxRecords(101)))
                .isInstanceOf(AutoScalingException.class);
    }

    @Test
    void activitiesInProgressComeFirstAndThenTheNewest() {
        world.desire(1);
        world.settle();
        world.desire(50);
        world.settle();

        List<Activity> all = world
                .client
                .describeScalingActivitiesPaginator(
                        r -> r.autoScalingGroupName(GROUP).maxRecords(4))
                .activities()
                .stream()
                .toList();
        assertThat(all.getFirst().description()).startsWith("Terminating EC2 instance");
        assertThat(all.getFirst().statusCodeAsString()).isEqualTo("InProgress");
        assertThat(all.subList(1, all.size()))
                .extracting(Activity::startTime)
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(all).extracting(Activity::activityId).doesNotHaveDuplicates();

        String id = all.get(3).activityId();
        assertThat(world.client
                        .describeScalingActivities(r -> r.activityIds(id))
                        .activities())
                .extracting(Activity::activityId)
                .containsExactly(id);
    }

    @Test
    void aGroupThatIsNotThereIsAnEmptyListToDescribeGroupsAndAnErrorToAllOthers() {
        assertThat(describe("nobody")).isEmpty();
        List<ThrowingCallable> calls = List.of(
                () -> world.client.describeLifecycleHooks(r -> r.autoScalingGroupName("nobody")),
                () -> world.client.describeScalingActivities(r -> r.autoScalingGroupName("nobody")),
                () -> world.client.setDesiredCapacity(
                        r -> r.autoScalingGroupName("nobody").desiredCapacity(1)),
                () -> world.client.completeLifecycleAction(r -> r.autoScalingGroupName("nobody")
                        .lifecycleHookName("drain")
                        .lifecycleActionResult("CONTINUE")
                        .instanceId("i-1")),
                () -> world.client.recordLifecycleActionHeartbeat(r -> r.autoScalingGroupName("nobody")
                        .lifecycleHookName("drain")
                        .instanceId("i-1")));
        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(call)
                        .isInstanceOfSatisfying(AutoScalingException.class, refused -> {
                            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
                            assertThat(refused.awsErrorDetails().errorMessage())
                                    .isEqualTo("AutoScalingGroup name not found - AutoScalingGroup: nobody not found");
                        }));
    }

    @Test
    void whatIsNotSimulatedIsRefused() {
        List<ThrowingCallable> calls = List.of(
                () -> world.client.describeAutoScalingGroups(r -> r.filters(f -> f.name("tag-key"))),
                () -> world.client.describeScalingActivities(r -> r.includeDeletedGroups(true)),
                () -> world.client.describeAutoScalingInstances(),
                () -> world.client.updateAutoScalingGroup(r -> r.autoScalingGroupName(GROUP)));
        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(UnsupportedOperationException.class));
    }

    @Test
    void whatIsMissingIsAnError() {
        List<ThrowingCallable> calls = List.of(
                () -> world.client.setDesiredCapacity(r -> r.autoScalingGroupName(GROUP)),
                () -> world.client.completeLifecycleAction(r ->
                        r.autoScalingGroupName(GROUP).lifecycleHookName("drain").lifecycleActionResult("CONTINUE")),
                () -> world.client.completeLifecycleAction(r -> r.autoScalingGroupName(GROUP)
                        .lifecycleHookName("drain")
                        .instanceId("i-1")
                        .lifecycleActionResult("RETRY")));
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(AutoScalingException.class));
    }

    private List<AutoScalingGroup> describe(String name) {
        return world.client
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(name))
                .autoScalingGroups();
    }
}
