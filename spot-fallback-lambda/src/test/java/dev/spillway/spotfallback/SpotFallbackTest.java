package dev.spillway.spotfallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityInProgressException;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

class SpotFallbackTest {

    private final World world = new World();

    @Nested
    class A_Spot_Fleet {

        @Test
        void that_gets_less_than_it_wants_is_made_up_for_at_once() {
            world.fleet(20, 14).with("SPOT_WEIGHT", "4").runs();
            assertThat(world.set()).containsExactly("on-demand = 2 now");
            assertThat(world.metrics)
                    .isEqualTo(Map.of(
                            "SpotFallbackScaleOut", 1d,
                            "SpotPendingCapacity", 6d,
                            "OnDemandDesired", 2d,
                            "OnDemandShortfall", 0d));
        }

        @Test
        void costs_one_question_to_CloudWatch_and_its_pages() {
            world.fleet(20, 14).runs();
            assertThat(world.cloudWatch.calls).isEqualTo(2);
        }

        @Test
        void that_has_all_again_is_not_made_up_for_any_more_once_the_cooldown_is_over() {
            world.onDemand(3, 10).fleet(20, 20).runs();
            assertThat(world.set()).containsExactly("on-demand = 0 after the cooldown");
            assertThat(world.metrics).containsEntry("SpotFallbackScaleIn", 1d).containsEntry("OnDemandDesired", 0d);
        }

        @Test
        void is_answered_once_and_the_same_if_it_is_asked_twice() {
            world.fleet(20, 14).runs().runs();
            assertThat(world.set()).containsExactly("on-demand = 6 now");
            assertThat(world.metrics).containsEntry("SpotFallbackEnough", 1d);
        }

        @Test
        void whose_target_has_just_changed_gets_its_time() {
            world.fleet(20, 14).fleetMetric("TargetCapacity", 5, 30).runs();
            assertThat(world.set()).isEmpty();
            assertThat(world.metrics).isEqualTo(Map.of("SpotFallbackTargetChanged", 1d));
        }

        @Test
        void whose_target_is_not_published_changes_nothing() {
            world.onDemand(3, 10)
                    .fleet(20, 14)
                    .fleetSaysNothingOf("TargetCapacity")
                    .runs();
            assertThat(world.set()).isEmpty();
            assertThat(world.metrics).isEqualTo(Map.of("SpotFallbackUnknown", 1d));
        }

        @Test
        void whose_pending_capacity_is_not_published_has_what_it_wants_less_what_it_has() {
            world.fleet(20, 14).fleetSaysNothingOf("PendingCapacity").runs();
            assertThat(world.set()).containsExactly("on-demand = 6 now");
        }

        @Test
        void that_CloudWatch_knows_nothing_of_changes_nothing() {
            world.onDemand(3, 10).with("SPOT_FLEET_ID", "sfr-unknown").runs();
            assertThat(world.set()).isEmpty();
            assertThat(world.metrics).isEqualTo(Map.of("SpotFallbackUnknown", 1d));
        }

        @ParameterizedTest
        @EnumSource(
                value = StatusCode.class,
                names = {"INTERNAL_ERROR", "PARTIAL_DATA", "FORBIDDEN", "UNKNOWN_TO_SDK_VERSION"})
        void of_which_CloudWatch_gives_only_a_part_changes_nothing(StatusCode status) {
            world.fleet(20, 14).cloudWatch.lastStatus = status;
            world.runs();
            assertThat(world.set()).isEmpty();
            assertThat(world.metrics).isEqualTo(Map.of("SpotFallbackUnknown", 1d));
        }
    }

    @Nested
    class A_Spot_group {

        @Test
        void misses_what_is_neither_in_service_nor_booting() {
            world.group(
                            6,
                            null,
                            LifecycleState.IN_SERVICE,
                            LifecycleState.PENDING,
                            LifecycleState.PENDING_WAIT,
                            LifecycleState.PENDING_PROCEED,
                            LifecycleState.TERMINATING_WAIT,
                            LifecycleState.STANDBY)
                    .runs();
            assertThat(world.set()).containsExactly("on-demand = 2 now");
        }

        @Test
        void counts_in_capacity_units_if_its_instances_have_weights() {
            world.group(12, "4", LifecycleState.IN_SERVICE, LifecycleState.PENDING)
                    .with("SPOT_WEIGHT", "2")
                    .runs();
            assertThat(world.set()).containsExactly("on-demand = 2 now");
        }

        @Test
        void whose_desired_capacity_was_changed_a_moment_ago_gets_its_time() {
            world.group(6, null, LifecycleState.IN_SERVICE);
            // CloudWatch has not heard of it yet.
            world.groupMetric("GroupDesiredCapacity", 20, 1).runs();
            assertThat(world.set()).isEmpty();
            assertThat(world.metrics).isEqualTo(Map.of("SpotFallbackTargetChanged", 1d));
        }

        @ParameterizedTest
        @CsvSource({"9, SpotFallbackTargetChanged", "10, SpotFallbackScaleOut"})
        void whose_desired_capacity_was_changed_before_that_has_had_it(int minutesAgo, String metric) {
            world.group(6, null, LifecycleState.IN_SERVICE)
                    .groupMetric("GroupDesiredCapacity", 20, 1)
                    .groupMetric("GroupDesiredCapacity", minutesAgo, 6)
                    .runs();
            assertThat(world.metrics).containsKey(metric);
        }

        @Test
        void without_its_metrics_enabled_changes_nothing() {
            world.group(6, null, LifecycleState.IN_SERVICE);
            world.cloudWatch.forgets("AWS/AutoScaling GroupDesiredCapacity", "AutoScalingGroupName=spot");
            world.runs();
            assertThat(world.set()).isEmpty();
            assertThat(world.metrics).isEqualTo(Map.of("SpotFallbackUnknown", 1d));
        }

        @Test
        void with_an_instance_in_a_state_that_nobody_knows_changes_nothing() {
            world.group(6, null, LifecycleState.IN_SERVICE, LifecycleState.UNKNOWN_TO_SDK_VERSION)
                    .runs();
            assertThat(world.set()).isEmpty();
            assertThat(world.metrics).isEqualTo(Map.of("SpotFallbackUnknown", 1d));
        }

        @Test
        void that_misses_less_than_a_moment_ago_keeps_its_stand_ins_for_the_quiet_time() {
            world.onDemand(4, 10).group(5, null, LifecycleState.IN_SERVICE, LifecycleState.IN_SERVICE);
            world.groupMetric("GroupInServiceInstances", 20, 1).runs();
            assertThat(world.set()).isEmpty();
            assertThat(world.metrics).containsEntry("SpotFallbackHeld", 1d);
        }

        @Test
        void that_cannot_be_asked_why_it_launches_nothing_is_made_up_for_all_the_same() {
            world.group(3, null).autoScaling.activitiesFailure =
                    AutoScalingException.builder().message("Rate exceeded").build();
            world.runs();
            assertThat(world.set()).containsExactly("on-demand = 3 now");
        }

        @Test
        void is_asked_why_only_if_something_is_missing() {
            world.group(1, null, LifecycleState.IN_SERVICE)
                    .failedToLaunch(Duration.ofMinutes(1), "no capacity")
                    .runs();
            assertThat(world.autoScaling.calls).isEmpty();
        }

        @Test
        void together_with_a_fleet_misses_what_both_miss() {
            world.fleet(20, 18).group(3, null, LifecycleState.IN_SERVICE).runs();
            assertThat(world.set()).containsExactly("on-demand = 4 now");
        }
    }

    @Nested
    class The_on_demand_group {

        @Test
        void does_not_go_beyond_its_maximum_and_the_rest_is_named() {
            world.onDemand(0, 4).fleet(20, 10).runs();
            assertThat(world.set()).containsExactly("on-demand = 4 now");
            assertThat(world.metrics).containsEntry("OnDemandShortfall", 6d);
            world.runs();
            assertThat(world.metrics).containsEntry("SpotFallbackAtMaximum", 1d);
        }

        @Test
        void that_cools_down_is_left_alone_on_the_way_in() {
            world.onDemand(3, 10).fleet(20, 20).autoScaling.refusal =
                    ScalingActivityInProgressException.builder().message("busy").build();
            world.runs();
            assertThat(world.metrics)
                    .containsEntry("SpotFallbackInCooldown", 1d)
                    .containsEntry("OnDemandDesired", 3d)
                    .doesNotContainKey("SpotFallbackScaleIn");
        }

        @Test
        void that_refuses_otherwise_fails_the_invocation() {
            world.fleet(20, 14).autoScaling.refusal = AutoScalingException.builder()
                    .message("New SetDesiredCapacity value 6 is above max value 5")
                    .build();
            assertThatThrownBy(world::runs).hasMessageContaining("above max value");
            assertThat(world.metrics).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {World.ON_DEMAND, World.SPOT})
        void or_the_Spot_group_that_does_not_exist_is_named(String group) {
            world.group(3, null).autoScaling.groups.remove(group);
            assertThatThrownBy(world::runs).hasMessage("there is no Auto Scaling group " + group);
            assertThat(world.set()).isEmpty();
        }
    }
}
