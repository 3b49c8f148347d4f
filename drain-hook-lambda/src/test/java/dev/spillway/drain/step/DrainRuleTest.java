package dev.spillway.drain.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.drain.step.DrainStep.Reason;
import dev.spillway.drain.step.InstanceFacts.LifecycleAction;
import dev.spillway.drain.step.InstanceFacts.Member;
import dev.spillway.drain.step.InstanceFacts.TasksThere;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DrainRuleTest {

    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final LifecycleAction ACTION = new LifecycleAction("spot", Duration.ofHours(10), false);
    private static final LifecycleAction UNHEALTHY = new LifecycleAction("spot", Duration.ofHours(10), true);
    private static final @Nullable LifecycleAction NOBODY_WAITS = null;
    private static final @Nullable Member NO_MEMBER = null;
    private static final @Nullable TasksThere NOT_LOOKED = null;
    private static final String ARN = "container-instance/1";

    static Stream<Arguments> table() {
        return Stream.of(
                row("never joined", ACTION, NO_MEMBER, NOT_LOOKED, complete(Reason.NOT_IN_THE_CLUSTER)),
                row(
                        "a Spot notice for a stranger",
                        NOBODY_WAITS,
                        NO_MEMBER,
                        NOT_LOOKED,
                        leave(Reason.NOT_IN_THE_CLUSTER)),
                row("takes tasks", ACTION, active(0), NOT_LOOKED, new DrainStep.Drain(ARN)),
                row("a Spot notice", NOBODY_WAITS, active(3), NOT_LOOKED, new DrainStep.Drain(ARN)),
                row("a second Spot notice", NOBODY_WAITS, draining(3), NOT_LOOKED, leave(Reason.DRAINING_ALREADY)),
                row("is drained", ACTION, draining(3), NOT_LOOKED, new DrainStep.LookAtTasks(ARN)),
                row("is empty", ACTION, draining(0), tasks(0, 0, 0), empty()),
                row("has only daemons", ACTION, draining(2), tasks(0, 2, 0), empty()),
                row("has a task", ACTION, draining(1), tasks(1, 0, 0), held(1, 0)),
                row("has a task and daemons", ACTION, draining(3), tasks(1, 2, 0), held(1, 0)),
                row("has a task that is stopping", ACTION, draining(0), tasks(0, 0, 1), held(0, 1)),
                row("has a task that is not listed yet", ACTION, draining(1), tasks(0, 0, 0), held(0, 1)),
                row("has one listed and one not", ACTION, draining(3), tasks(1, 1, 0), held(1, 1)),
                row("has one listed that is not counted any more", ACTION, draining(0), tasks(1, 0, 0), held(1, 0)),
                row("is unhealthy and still there", UNHEALTHY, draining(1), tasks(1, 0, 0), held(1, 0)),
                row("has an agent that is away", ACTION, silent(1), tasks(1, 0, 0), held(1, 0)),
                row("is unhealthy and silent", UNHEALTHY, silent(1), tasks(1, 0, 0), lost("task-0")),
                row("is unhealthy and silent and empty", UNHEALTHY, silent(0), tasks(0, 0, 0), empty()),
                row("is unhealthy and its tasks do not stop", UNHEALTHY, silent(0), tasks(0, 0, 1), lost()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void the_next_step_with_an_instance_that(String what, InstanceFacts facts, DrainStep step) {
        assertThat(DrainRule.next(facts, NOW)).isEqualTo(step);
    }

    /** Ten hours from when it was first seen, which may be 7 minutes late; two looks are kept for the stop. */
    @Nested
    class As_its_time_runs_out {

        @ParameterizedTest
        @CsvSource({
            "0, Heartbeat",
            "578, Heartbeat",
            "579, StopTasks",
            "585, StopTasks",
            "586, Complete",
            "600, Complete",
            "900, Complete"
        })
        void what_still_runs_is_stopped_and_then_it_goes(int minutes, String step) {
            InstanceFacts facts = waiting(minutes, tasks(2, 1, 0));
            assertThat(DrainRule.next(facts, NOW).getClass().getSimpleName()).isEqualTo(step);
        }

        @ParameterizedTest
        @CsvSource({"578, Heartbeat", "585, Heartbeat", "586, Complete"})
        void what_is_stopping_already_is_only_waited_for(int minutes, String step) {
            InstanceFacts facts = waiting(minutes, tasks(0, 1, 1));
            assertThat(DrainRule.next(facts, NOW).getClass().getSimpleName()).isEqualTo(step);
        }

        @Test
        void only_tasks_that_hold_it_are_stopped() {
            assertThat(DrainRule.next(waiting(580, tasks(2, 3, 0)), NOW))
                    .isInstanceOfSatisfying(
                            DrainStep.StopTasks.class,
                            stop -> assertThat(stop.tasks()).containsExactly("task-0", "task-1"));
        }

        @Test
        void at_the_very_last_it_goes_with_what_it_has_and_that_is_stopped() {
            assertThat(DrainRule.next(waiting(590, tasks(1, 3, 0)), NOW))
                    .isEqualTo(new DrainStep.Complete(Reason.TIME_IS_UP, List.of("task-0")));
        }

        @Test
        void there_is_always_one_look_at_least_between_the_stop_and_the_end() {
            Duration stop = Duration.ofMinutes(579);
            assertThat(stop.plus(DrainRule.INTERVAL).plus(DrainRule.INTERVAL).plus(DrainRule.INTERVAL))
                    .isEqualTo(ACTION.limit());
        }

        @Test
        void the_shortest_limit_that_Auto_Scaling_has_leaves_time_too() {
            // A heartbeat timeout of 30 s.
            LifecycleAction shortest = new LifecycleAction("spot", Duration.ofSeconds(3_000), false);
            InstanceFacts facts = new InstanceFacts("i-1", shortest, draining(1), tasks(1, 0, 0));
            assertThat(DrainRule.next(facts, NOW)).isInstanceOf(DrainStep.Heartbeat.class);
        }

        private InstanceFacts waiting(int minutes, TasksThere tasks) {
            Member member = new Member(ARN, false, true, 0, NOW.minus(Duration.ofMinutes(minutes)));
            return new InstanceFacts("i-1", ACTION, member, tasks);
        }
    }

    @Test
    void the_time_is_counted_from_now_if_nobody_has_seen_it_before() {
        InstanceFacts facts = new InstanceFacts("i-1", ACTION, draining(1), tasks(1, 0, 0));
        assertThat(DrainRule.next(facts, NOW))
                .isEqualTo(new DrainStep.Heartbeat(
                        new DrainStep.Held(NOW, true, 1, 0, NOW.plus(Duration.ofMinutes(579)))));
    }

    @Test
    void a_clock_that_ran_ahead_does_not_lengthen_the_wait() {
        Member member = new Member(ARN, false, true, 1, NOW.plus(Duration.ofDays(1)));
        assertThat(DrainRule.next(new InstanceFacts("i-1", ACTION, member, tasks(1, 0, 0)), NOW))
                .isEqualTo(new DrainStep.Heartbeat(
                        new DrainStep.Held(NOW, false, 1, 0, NOW.plus(Duration.ofMinutes(579)))));
    }

    private static Arguments row(
            String what,
            @Nullable LifecycleAction action,
            @Nullable Member member,
            @Nullable TasksThere tasks,
            DrainStep expected) {
        return Arguments.of(what, new InstanceFacts("i-1", action, member, tasks), expected);
    }

    private static Member active(int counted) {
        return new Member(ARN, true, true, counted, null);
    }

    private static Member draining(int counted) {
        return new Member(ARN, false, true, counted, null);
    }

    private static Member silent(int counted) {
        return new Member(ARN, false, false, counted, null);
    }

    private static TasksThere tasks(int holding, int daemons, int stopping) {
        return new TasksThere(
                Stream.iterate(0, i -> i + 1)
                        .limit(holding)
                        .map(i -> "task-" + i)
                        .toList(),
                daemons,
                stopping);
    }

    private static DrainStep complete(Reason reason) {
        return new DrainStep.Complete(reason, List.of());
    }

    private static DrainStep empty() {
        return complete(Reason.NO_TASK_HOLDS_IT);
    }

    private static DrainStep lost(String... tasks) {
        return new DrainStep.Complete(Reason.LOST, List.of(tasks));
    }

    private static DrainStep leave(Reason reason) {
        return new DrainStep.Leave(reason);
    }

    private static DrainStep held(int holding, int leaving) {
        return new DrainStep.Heartbeat(
                new DrainStep.Held(NOW, true, holding, leaving, NOW.plus(Duration.ofMinutes(579))));
    }
}
