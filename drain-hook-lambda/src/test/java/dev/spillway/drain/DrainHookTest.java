package dev.spillway.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;

class DrainHookTest {

    private static final String I = World.INSTANCE;
    private static final String TERMINATE = "autoscaling-instance-terminate.json";
    private static final String REBALANCE = "ec2-rebalance-recommendation.json";
    private static final String SINCE = "put spillway.draining-since of ci/" + I + " = 2026-11-01T10:00:00Z";

    private final World world = new World();

    @Nested
    class An_instance_that_waits {

        @ParameterizedTest
        @ValueSource(strings = {TERMINATE, "schedule.json"})
        void is_drained_before_anything_else_and_held_while_a_task_runs(String event) {
            world.waits(I, "task-1").receives(event);
            assertThat(world.calls()).containsExactly("drain ci/" + I, "heartbeat " + I, SINCE);
            assertThat(world.metrics).isEqualTo(Map.of("InstancesDraining", 1, "InstancesHeld", 1));
        }

        @Test
        void goes_at_once_if_it_is_empty() {
            world.waits(I).receives(TERMINATE);
            assertThat(world.calls()).containsExactly("drain ci/" + I, "complete " + I);
            assertThat(world.metrics).isEqualTo(Map.of("InstancesDraining", 1, "InstancesCompleted", 1));
        }

        @Test
        void is_looked_at_again_until_its_tasks_are_gone() {
            world.waits(I, "task-1", "task-2").wakeUp().later(Duration.ofMinutes(6));
            world.ecs.ends("task-1");
            world.wakeUp().later(Duration.ofMinutes(6));
            world.ecs.ends("task-2");
            world.wakeUp();
            assertThat(world.calls())
                    .containsExactly("drain ci/" + I, "heartbeat " + I, SINCE, "heartbeat " + I, "complete " + I);
        }

        @Test
        void is_left_alone_once_it_has_gone_on() {
            world.waits(I).wakeUp().wakeUp().receives(TERMINATE);
            assertThat(world.calls()).containsExactly("drain ci/" + I, "complete " + I);
        }

        @Test
        void is_held_by_a_task_that_is_counted_and_not_listed_yet() {
            world.waits(I, "task-1");
            world.ecs.hides("task-1");
            world.wakeUp();
            assertThat(world.calls()).contains("heartbeat " + I).doesNotContain("complete " + I);
        }

        @ParameterizedTest
        @ValueSource(strings = {"INACTIVE", "none"})
        void goes_at_once_if_it_is_not_in_the_cluster(String status) {
            world.autoScaling.instance(World.SPOT, I, LifecycleState.TERMINATING_WAIT);
            if (status.equals("INACTIVE")) {
                world.joined(I);
                world.ecs.status(I, status);
            }
            world.wakeUp();
            assertThat(world.calls()).containsExactly("complete " + I);
        }

        @Test
        void goes_at_once_if_it_leaves_the_cluster_as_it_is_drained() {
            world.waits(I, "task-1");
            world.ecs.refusesToDrain("MISSING");
            world.wakeUp();
            assertThat(world.calls()).containsExactly("drain ci/" + I, "complete " + I);
        }

        @Test
        void has_its_mark_written_anew_if_nobody_can_read_it() {
            world.waits(I, "task-1");
            world.ecs.attribute(I, "yesterday");
            world.wakeUp();
            assertThat(world.calls()).contains(SINCE);
        }

        @Test
        void is_the_registration_whose_agent_lives_if_there_are_two() {
            world.waits(I, "task-1");
            world.ecs.leftOver(I);
            world.wakeUp();
            assertThat(world.calls()).containsExactly("drain ci/" + I, "heartbeat " + I, SINCE);
        }

        @Test
        void is_only_drained_while_it_is_on_its_way_to_the_hook() {
            world.joined(I, "task-1");
            world.autoScaling.instance(World.SPOT, I, LifecycleState.TERMINATING);
            world.receives(TERMINATE);
            assertThat(world.calls()).containsExactly("drain ci/" + I);
        }
    }

    /** Its tasks cannot end: nobody is left who could say so. A task is run again only when ECS takes it for stopped. */
    @Nested
    class An_instance_that_is_lost {

        @ParameterizedTest
        @CsvSource({"true, true, complete", "true, false, heartbeat", "false, true, heartbeat"})
        void is_one_that_is_unhealthy_and_whose_agent_is_silent(boolean unhealthy, boolean silent, String answer) {
            world.waits(I, "task-1");
            if (unhealthy) {
                world.autoScaling.unhealthy(I);
            }
            if (silent) {
                world.ecs.disconnected(I);
            }
            world.wakeUp();
            assertThat(world.calls()).startsWith("drain ci/" + I).contains(answer + " " + I);
        }

        @Test
        void goes_and_its_tasks_are_told_that_it_was_not_their_fault() {
            world.waits(I, "task-1");
            world.autoScaling.unhealthy(I);
            world.ecs.disconnected(I);
            world.receives(TERMINATE);
            assertThat(world.calls())
                    .containsExactly(
                            "drain ci/" + I,
                            "stop task-1 spillway: drained: instance " + I
                                    + " is unhealthy and its agent does not answer",
                            "complete " + I);
            assertThat(world.metrics).containsEntry("TasksStoppedByDrain", 1).containsEntry("InstancesCompleted", 1);
        }
    }

    @Nested
    class Daemons_do_not_hold_it {

        @Test
        void by_the_family_of_their_task_definition() {
            world.with("DAEMON_FAMILIES", "log-*,datadog")
                    .waits(I, "log-router-1", "datadog-2")
                    .wakeUp();
            assertThat(world.calls()).contains("complete " + I);
        }

        @Test
        void but_only_by_the_whole_family() {
            world.with("DAEMON_FAMILIES", "log").waits(I, "log-router-1").wakeUp();
            assertThat(world.calls()).contains("heartbeat " + I);
        }

        @ParameterizedTest
        @CsvSource({
            "service:agent, ecs-svc/123, DAEMON, complete",
            "service:agent, ecs-svc/123, REPLICA, heartbeat",
            "service:other, ecs-svc/123, DAEMON, heartbeat",
            "service:agent, a-person, DAEMON, heartbeat",
            "family:agent, ecs-svc/123, DAEMON, heartbeat"
        })
        void by_the_service_that_runs_them(String group, String startedBy, SchedulingStrategy strategy, String answer) {
            world.waits(I);
            world.ecs.run(I, "task-1", group, startedBy);
            world.ecs.service("agent", strategy);
            world.wakeUp();
            assertThat(world.calls()).contains(answer + " " + I);
        }

        @Test
        void and_each_service_is_asked_for_once() {
            world.ecs.service("agent", SchedulingStrategy.DAEMON);
            for (int i = 1; i <= 20; i++) {
                world.waits("i-" + i);
                world.ecs.run("i-" + i, "task-" + i, "service:agent", "ecs-svc/123");
            }
            world.wakeUp();
            assertThat(world.log.allReads().stream().filter("DescribeServices"::equals))
                    .hasSize(1);
            assertThat(world.metrics).containsEntry("InstancesCompleted", 20);
        }

        @Test
        void and_are_not_stopped_when_time_is_up() {
            world.with("DAEMON_FAMILIES", "log")
                    .waits(I, "log-1", "task-1")
                    .wakeUp()
                    .later(Duration.ofMinutes(680))
                    .wakeUp();
            assertThat(world.calls())
                    .anyMatch(call -> call.startsWith("stop task-1"))
                    .noneMatch(call -> call.startsWith("stop log"));
        }
    }

    /** The hook waits 100 times 420 s: 700 minutes. */
    @Nested
    class When_its_time_is_nearly_up {

        @Test
        void what_still_runs_is_stopped_and_waited_for_and_then_it_goes() {
            world.waits(I, "task-1").wakeUp().later(Duration.ofMinutes(679)).wakeUp();
            world.later(Duration.ofMinutes(6));
            world.ecs.ends("task-1");
            world.wakeUp();
            assertThat(world.calls())
                    .containsExactly(
                            "drain ci/" + I,
                            "heartbeat " + I,
                            SINCE,
                            "stop task-1 spillway: drained: instance " + I
                                    + " has to go and waited as long as Auto Scaling lets it",
                            "heartbeat " + I,
                            "complete " + I);
            assertThat(world.metrics).containsEntry("TasksStoppedByDrain", 1).containsEntry("InstancesCompleted", 1);
        }

        @Test
        void it_is_not_let_go_while_a_task_is_stopping() {
            world.waits(I, "task-1").wakeUp().later(Duration.ofMinutes(679)).wakeUp();
            world.later(Duration.ofMinutes(6)).wakeUp();
            assertThat(world.calls()).filteredOn(("heartbeat " + I)::equals).hasSize(3);
            assertThat(world.calls()).doesNotContain("complete " + I);
        }

        @Test
        void it_goes_at_the_last_look_even_if_a_task_does_not_stop() {
            world.waits(I, "task-1").wakeUp().later(Duration.ofMinutes(679)).wakeUp();
            world.later(Duration.ofMinutes(7)).wakeUp();
            assertThat(world.calls()).last().isEqualTo("complete " + I);
        }

        @Test
        void a_function_that_comes_late_stops_first_and_lets_go_then() {
            world.waits(I, "task-1").wakeUp().later(Duration.ofMinutes(695)).wakeUp();
            List<String> calls = world.calls();
            assertThat(calls.get(calls.size() - 2)).startsWith("stop task-1");
            assertThat(calls).last().isEqualTo("complete " + I);
        }
    }

    @Nested
    class A_Spot_notice {

        @ParameterizedTest
        @ValueSource(strings = {"ec2-spot-interruption-warning.json", REBALANCE})
        void drains_the_instance_and_leaves_its_tasks_alone(String event) {
            world.autoScaling.instance(World.SPOT, I, LifecycleState.IN_SERVICE);
            world.joined(I, "task-1").receives(event);
            assertThat(world.calls()).containsExactly("drain ci/" + I);
            assertThat(world.metrics).isEqualTo(Map.of("InstancesDraining", 1, "InstancesLeft", 1));
        }

        @Test
        void that_takes_an_instance_of_no_group_drains_it_too() {
            world.joined(I, "task-1").receives("ec2-spot-interruption-warning.json");
            assertThat(world.calls()).containsExactly("drain ci/" + I);
        }

        /** A recommendation may be for days. Drained, the instance would cost and run nothing, and nobody would start another. */
        @Test
        void that_only_recommends_leaves_an_instance_that_nobody_replaces() {
            world.joined(I, "task-1").receives(REBALANCE);
            assertThat(world.calls()).isEmpty();
            assertThat(world.metrics).isEqualTo(Map.of("InstancesLeft", 1));

            world.autoScaling.instance("spillway-on-demand", I, LifecycleState.IN_SERVICE);
            world.receives(REBALANCE);
            assertThat(world.calls()).isEmpty();
        }

        @Test
        void of_which_nobody_knows_whom_it_is_about_is_made_again() {
            world.joined(I, "task-1");
            world.log.breaks(
                    "DescribeAutoScalingGroups",
                    AutoScalingException.builder().message("Rate exceeded").build());
            assertThatThrownBy(() -> world.receives(REBALANCE)).hasMessageContaining("Rate exceeded");
        }

        @Test
        void for_one_that_is_draining_already_changes_nothing() {
            world.joined(I, "task-1");
            world.ecs.status(I, "DRAINING");
            world.receives("ec2-spot-interruption-warning.json");
            assertThat(world.calls()).isEmpty();
        }

        @Test
        void for_a_stranger_changes_nothing() {
            world.receives("ec2-spot-interruption-warning.json");
            assertThat(world.calls()).isEmpty();
            assertThat(world.metrics).isEqualTo(Map.of("InstancesLeft", 1));
        }
    }

    @Nested
    class An_event_is_only_a_hint {

        @ParameterizedTest
        @EnumSource(
                value = LifecycleState.class,
                names = {"IN_SERVICE", "TERMINATING_PROCEED", "TERMINATED", "STANDBY"})
        void and_what_Auto_Scaling_says_now_counts(LifecycleState state) {
            world.joined(I, "task-1");
            world.autoScaling.instance(World.SPOT, I, state);
            world.receives(TERMINATE);
            assertThat(world.calls()).isEmpty();
        }

        @Test
        void about_an_instance_that_is_long_gone() {
            world.receives(TERMINATE);
            assertThat(world.calls()).isEmpty();
        }

        @Test
        void that_looks_at_its_own_instance_only() {
            world.waits(I).waits("i-2").receives(TERMINATE);
            assertThat(world.calls()).containsExactly("drain ci/" + I, "complete " + I);
        }

        @Test
        void of_another_group_is_counted_and_asks_AWS_nothing() {
            world.waits(I).with("AUTO_SCALING_GROUPS", "spillway-on-demand").receives(TERMINATE);
            assertThat(world.metrics).isEqualTo(Map.of("EventsIgnored", 1));
            assertThat(world.calls()).isEmpty();
            assertThat(world.log.allReads()).isEmpty();
        }

        @Test
        void and_an_invocation_without_one_looks_at_all() {
            ObjectNode nothing = JsonNodeFactory.instance.objectNode();
            world.waits(I).receives(nothing);
            assertThat(world.calls()).contains("complete " + I);
        }
    }

    @Nested
    class What_fails {

        private final EcsException throttled = (EcsException)
                EcsException.builder().message("Rate exceeded").statusCode(400).build();

        @Test
        void keeps_back_its_own_instance_only_and_the_invocation_says_so() {
            world.waits("i-1").waits("i-2").waits("i-3");
            world.log.breaks("drain ci/i-2", throttled);
            assertThatThrownBy(world::wakeUp)
                    .hasMessage("1 of 3 instances could not be looked after: i-2")
                    .hasCause(throttled);
            assertThat(world.calls()).contains("complete i-1", "complete i-3", "heartbeat i-2");
            assertThat(world.metrics).containsEntry("DrainFailures", 1).containsEntry("InstancesCompleted", 2);

            world.log.mends("drain ci/i-2");
            world.wakeUp();
            assertThat(world.calls()).last().isEqualTo("complete i-2");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ListContainerInstances",
                    "DescribeContainerInstances",
                    "ListTasks ci/" + World.INSTANCE,
                    "DescribeTasks"
                })
        void in_reading_ECS_never_lets_an_instance_go_but_holds_it(String call) {
            world.waits(I, "task-1");
            world.log.breaks(call, throttled);
            assertThatThrownBy(world::wakeUp).hasMessageStartingWith("1 of 1 instances");
            assertThat(world.calls()).contains("heartbeat " + I).doesNotContain("complete " + I);
        }

        /** An answer that leaves somebody out is no answer about it. */
        @ParameterizedTest
        @ValueSource(strings = {"ci/" + World.INSTANCE, "task-1"})
        void for_one_of_those_that_ECS_was_to_describe_never_lets_it_go_but_holds_it(String arn) {
            world.waits("i-2").waits(I);
            world.ecs.run(I, "task-1");
            world.ecs.describesNot(arn, "ACCESS_DENIED");
            assertThatThrownBy(world::wakeUp).rootCause().hasMessageContaining("ACCESS_DENIED");
            assertThat(world.calls()).contains("heartbeat " + I, "complete i-2").doesNotContain("complete " + I);
        }

        @Test
        void as_ECS_does_not_drain_never_lets_an_instance_go() {
            world.waits(I);
            world.ecs.refusesToDrain("INSTANCE_BUSY");
            assertThatThrownBy(world::wakeUp).rootCause().hasMessageContaining("INSTANCE_BUSY");
            assertThat(world.calls()).doesNotContain("complete " + I);
        }

        @Test
        void to_write_the_mark_comes_after_the_heartbeat_and_is_made_up_for() {
            world.waits(I, "task-1");
            world.log.breaks(SINCE, throttled);
            assertThatThrownBy(world::wakeUp).hasMessageStartingWith("1 of 1 instances");
            assertThat(world.calls()).contains("heartbeat " + I);
            world.log.mends(SINCE);
            world.wakeUp();
            assertThat(world.calls()).last().isEqualTo(SINCE);
        }

        @Test
        void to_stop_a_task_does_not_let_the_instance_go() {
            world.waits(I, "task-1").wakeUp().later(Duration.ofMinutes(690));
            world.log.breaks(
                    "stop task-1 spillway: drained: instance " + I
                            + " has to go and waited as long as Auto Scaling lets it",
                    throttled);
            assertThatThrownBy(world::wakeUp).hasMessageStartingWith("1 of 1 instances");
            assertThat(world.calls()).doesNotContain("complete " + I);
        }

        @Test
        void to_stop_one_task_does_not_keep_the_others_from_being_stopped() {
            world.waits(I, "task-1", "task-2").wakeUp().later(Duration.ofMinutes(680));
            world.log.breaks(
                    "stop task-1 spillway: drained: instance " + I
                            + " has to go and waited as long as Auto Scaling lets it",
                    throttled);
            assertThatThrownBy(world::wakeUp).hasMessageStartingWith("1 of 1 instances");
            assertThat(world.calls()).anyMatch(call -> call.startsWith("stop task-2"));
            assertThat(world.calls()).last().isEqualTo("heartbeat " + I);
        }

        @Test
        void because_a_call_timed_out_that_had_worked_is_put_right_by_the_next_look() {
            world.waits(I);
            world.log.breaks("complete " + I, SdkClientException.create("timed out"));
            assertThatThrownBy(world::wakeUp).hasMessageStartingWith("1 of 1 instances");
            world.autoScaling.proceeds(World.SPOT, I);
            world.wakeUp();
        }

        @Test
        void is_normal_if_the_lifecycle_action_has_gone_meanwhile() {
            world.waits(I, "task-1");
            world.log.breaks(
                    "heartbeat " + I,
                    AutoScalingException.builder()
                            .message("No active Lifecycle Action found with instance ID " + I)
                            .build());
            world.wakeUp();
            assertThat(world.calls()).containsExactly("drain ci/" + I);
            assertThat(world.metrics).containsEntry("LifecycleActionsGone", 1);
        }
    }

    @Nested
    class A_wrong_deployment {

        @Test
        void with_a_group_that_does_not_exist_is_told_after_the_others_were_looked_after() {
            world.waits(I);
            world.autoScaling.noGroup("spillway-on-demand");
            assertThatThrownBy(world::wakeUp).hasMessage("group spillway-on-demand does not exist");
            assertThat(world.calls()).contains("complete " + I);
        }

        @Test
        void with_a_group_without_the_hook_is_told() {
            world.waits(I);
            world.autoScaling.noHook(World.SPOT);
            assertThatThrownBy(world::wakeUp)
                    .rootCause()
                    .hasMessage("group spillway-spot has no lifecycle hook spillway-drain");
        }

        @Test
        void with_a_heartbeat_timeout_shorter_than_the_interval_is_told() {
            world.waits(I, "task-1");
            world.autoScaling.hook(World.SPOT, 360);
            assertThatThrownBy(world::wakeUp)
                    .hasMessage("the lifecycle hook of group spillway-spot waits only 360 s for a heartbeat");
            assertThat(world.calls()).contains("heartbeat " + I);
        }
    }

    @Nested
    class A_hundred_at_the_same_time {

        @Test
        void are_looked_after_within_the_rates() {
            IntStream.range(0, 100).forEach(i -> world.waits("i-" + i, "task-" + i));
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                synchronizedOn(executor).wakeUp();
            }
            assertThat(world.metrics).isEqualTo(Map.of("InstancesDraining", 100, "InstancesHeld", 100));
            assertThat(world.log.allReads()).as("calls that read").hasSizeLessThan(100 + 100 + 10);
        }

        /** The fakes are not made for threads; that each instance has its own is what matters here. */
        private World synchronizedOn(ExecutorService executor) {
            Object one = new Object();
            return world.on(work -> executor.execute(() -> {
                synchronized (one) {
                    work.run();
                }
            }));
        }
    }
}
