package dev.spillway.local.autoscaling;

import static dev.spillway.local.autoscaling.SimulatedGroups.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.local.autoscaling.PolicyOutcome.Changed;
import dev.spillway.local.autoscaling.PolicyOutcome.Unchanged;
import dev.spillway.local.autoscaling.StepScaling.Capacity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;

class TargetTrackingTest {

    private static final Duration WARMUP = Duration.ofMinutes(3);

    /** Of a group of 0 to 20 instances. */
    @ParameterizedTest(name = "{0} desired, {1} warm, {2} in service, metric {3}, target {4}: {6}")
    @CsvSource({
        // From nothing: one instance is assumed to be there.
        "0, 0, 0, 200, 100, false, 2",
        "0, 0, 0, 200, 90, false, 3",
        "0, 0, 0, 100, 100, false, 0",
        // In proportion, rounded up, and to the maximum.
        "4, 4, 4, 150, 100, false, 6",
        "3, 3, 3, 134, 100, false, 5",
        "3, 3, 3, 133.33333333333334, 100, false, 4",
        "10, 10, 10, 100, 90, false, 12",
        "10, 10, 10, 900, 100, false, 20",
        // What warms up is desired already, and no base for more.
        "2, 0, 0, 200, 100, true, 2",
        "5, 2, 2, 250, 100, true, 5",
        "5, 2, 2, 300, 100, true, 6",
        // Down in proportion, and not while something comes.
        "5, 5, 5, 40, 100, false, 2",
        "5, 5, 5, 41, 100, false, 3",
        "5, 5, 5, 0, 100, false, 0",
        "5, 3, 5, 40, 100, true, 5",
        "12, 12, 12, 83.3, 90, false, 12"
    })
    void the_capacity_follows_the_metric_in_proportion(
            int desired, int warm, int inService, double metric, double target, boolean scalingOut, int wanted) {
        Capacity capacity = new Capacity(0, 20, desired, warm, inService, 0, scalingOut);

        PolicyOutcome outcome =
                TargetTracking.decide(new TargetPolicy("arn", "policy", GROUP, target, WARMUP), capacity, metric);

        assertThat(outcome)
                .isEqualTo(
                        wanted == desired
                                ? new Unchanged(desired, why(metric, target, scalingOut))
                                : new Changed(desired, wanted));
    }

    private static String why(double metric, double target, boolean scalingOut) {
        if (metric == target) {
            return "the metric is at its target";
        }
        return metric < target && scalingOut
                ? "a scale-in activity cannot start while a scale-out activity is in progress"
                : "the desired capacity is that already";
    }

    @Test
    void a_group_grows_and_shrinks_and_spares_what_is_protected() {
        SimulatedGroups groups = new SimulatedGroups();
        groups.autoScaling.group(GROUP).max(10).protectNewInstances().create();
        String policy = groups.autoScaling.putTargetTracking(GROUP, "tracking", 100, WARMUP);

        assertThat(groups.autoScaling.trackTarget(policy, "high", 200)).isEqualTo(new Changed(0, 2));
        groups.pass(Duration.ofMinutes(2));
        assertThat(groups.autoScaling.trackTarget(policy, "high", 200)).isInstanceOf(Unchanged.class);
        groups.pass(Duration.ofMinutes(4));
        assertThat(groups.autoScaling.trackTarget(policy, "high", 200)).isEqualTo(new Changed(2, 4));
        groups.pass(Duration.ofMinutes(10));
        assertThat(groups.in("InService")).hasSize(4);

        List<String> free = groups.in("InService").subList(2, 3);
        groups.autoScaling.protectFromScaleIn(GROUP, List.of(free.getFirst(), "i-gone"), false);
        assertThat(groups.autoScaling.trackTarget(policy, "low", 25)).isEqualTo(new Changed(4, 1));
        groups.pass(Duration.ofMinutes(10));

        assertThat(groups.in("InService")).hasSize(3).doesNotContainAnyElementsOf(free);
    }

    @Test
    void an_unknown_policy_is_refused() {
        SimulatedGroups groups = SimulatedGroups.of(1, 2);

        assertThatThrownBy(() -> groups.autoScaling.trackTarget("none", "high", 200))
                .isInstanceOf(AutoScalingException.class)
                .hasMessageContaining("Policy not found");
    }
}
