package dev.spillway.taskstate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskSize;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.common.task.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SweepTest {

    private static final TaskRequest ONCE = Records.request("t", 1, null, null, 0);
    private static final TaskRequest ONE_MINUTE = Records.request("t", 3, Duration.ofMinutes(1), null, 0);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final World world = new World();

    @Test
    void leaves_alone_what_is_not_due() {
        world.has(Records.running(ONCE));
        assertThat(world.sweep()).isEmpty();
        assertThat(world.described).isEmpty();
        assertThat(world.record("t").version()).isEqualTo(1);
    }

    @Nested
    class A_launch_that_was_begun {

        @Test
        void is_released_when_its_lease_has_run_out_and_stays_as_it_is() {
            world.has(Records.launching(ONCE)).later(Timings.LEASE.minusSeconds(1));
            world.sweep();
            assertThat(world.released).isEmpty();
            world.later(Duration.ofSeconds(1));
            TaskRecord before = world.record("t");
            world.sweep();
            assertThat(world.released).containsExactly("t in 0 s");
            assertThat(world.record("t")).isEqualTo(before);
        }
    }

    @Nested
    class A_task_that_waits {

        @Test
        void for_its_retry_is_released_when_that_is_due() {
            world.has(Records.unanswered(ONCE)).later(Duration.ofSeconds(19));
            world.sweep();
            assertThat(world.released).isEmpty();
            world.later(Duration.ofSeconds(1));
            world.sweep();
            assertThat(world.released).containsExactly("t in 0 s");
        }

        @Test
        void is_written_before_it_is_released_so_that_the_driver_is_not_in_its_way() {
            world.has(Records.unanswered(ONCE)).later(Duration.ofSeconds(20));
            world.sweep();
            assertThat(world.log).containsExactly("update t", "release t");
        }

        @Test
        void is_released_again_if_the_driver_does_not_come() {
            world.has(Records.unanswered(ONCE)).later(Duration.ofSeconds(20));
            world.sweep();
            world.later(Duration.ofMinutes(1)).sweep();
            assertThat(world.released).hasSize(1);
            world.later(Duration.ofMinutes(1)).sweep();
            assertThat(world.released).hasSize(2);
        }

        @Test
        void for_room_only_has_its_look_put_off() {
            world.has(Records.waiting(Records.request("t", 1, null, null, 0)))
                    .breaks("ListContainerInstances")
                    .later(Duration.ofHours(1));
            assertThat(world.sweep()).containsExactly(Followed.IGNORED, Followed.NOT_LOOKED_AT);
            assertThat(world.released).isEmpty();
            assertThat(world.record("t").dueAt()).isEqualTo(world.now().plus(Timings.LOOK_AT_WAITING));
        }

        @Test
        void longer_than_it_may_has_failed() {
            world.has(overdue(Records.waiting(Records.request("t", 1, null, Duration.ofMinutes(5), 0))))
                    .later(TEN_MINUTES);
            assertThat(world.sweep()).contains(Followed.FAILED);
            assertThat(world.record("t").reason()).isEqualTo("no place within PT5M: no room");
        }

        @Test
        void longer_than_it_may_but_perhaps_runs_is_asked_for_once_more() {
            world.has(overdue(Records.unanswered(Records.request("t", 1, null, Duration.ofMinutes(5), 0))))
                    .later(TEN_MINUTES);
            world.sweep();
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.WAITING);
            assertThat(world.record("t").dueAt()).isAfter(world.now());
            assertThat(world.released).containsExactly("t in 0 s");
        }

        /** A missing permission is no answer either, and may be missing for ever. */
        @Test
        void longer_than_it_may_and_has_not_shown_itself_since_has_failed() {
            TaskRecord unanswered =
                    Records.unanswered(Records.request("t", 1, null, Duration.ofMinutes(5), 0)).toBuilder()
                            .reason("AWS gave no answer for EC2_SPOT (Access denied); asking again")
                            .build();
            world.has(overdue(unanswered)).later(Duration.ofMinutes(13)).sweep();
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.WAITING);
            world.later(Duration.ofMinutes(2)).sweep();
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.FAILED);
            assertThat(world.record("t").reason())
                    .isEqualTo("no place within PT5M: AWS gave no answer for EC2_SPOT (Access denied); asking again");
            world.news("t", Records.news(Records.ARN, 3, "RUNNING"));
            assertThat(world.stopped).containsExactly(Records.ARN + ": task t is FAILED");
        }

        @Test
        void for_an_answer_and_may_wait_for_ever_does() {
            world.has(overdue(Records.unanswered(ONCE)))
                    .later(Duration.ofDays(400))
                    .sweep();
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.WAITING);
        }
    }

    @Nested
    class A_task_on_ECS {

        @Test
        void whose_start_was_not_heard_of_runs() {
            world.has(Records.placed(ONCE))
                    .ecsSays(Records.news(Records.ARN, 3, "RUNNING"))
                    .later(TEN_MINUTES);
            assertThat(world.sweep()).containsExactly(Followed.MOVED);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.RUNNING);
        }

        @Test
        void whose_end_was_not_heard_of_has_ended() {
            world.has(Records.running(ONCE))
                    .ecsSays(Records.exited(Records.ARN, 0))
                    .later(TEN_MINUTES);
            assertThat(world.sweep()).containsExactly(Followed.SUCCEEDED);
        }

        @Test
        void that_still_runs_is_looked_at_again() {
            world.has(Records.running(ONCE))
                    .ecsSays(Records.news(Records.ARN, 3, "RUNNING"))
                    .later(TEN_MINUTES);
            assertThat(world.sweep()).containsExactly(Followed.IGNORED);
            assertThat(world.record("t").dueAt()).isEqualTo(world.now().plus(Timings.RECONCILE));
            assertThat(world.sweep()).isEmpty();
        }

        @Test
        void that_ECS_has_forgotten_is_lost_and_released() {
            world.has(Records.running(ONCE)).later(TEN_MINUTES);
            assertThat(world.sweep()).containsExactly(Followed.WAITING);
            assertThat(world.record("t").losses()).isEqualTo(1);
            // Once as it becomes WAITING; the look along the line finds it as well, and a release is only a hint.
            assertThat(world.released).containsExactly("t in 0 s", "t in 0 s");
        }

        @Test
        void that_ECS_says_nothing_of_is_not_taken_for_lost() {
            world.has(Records.running(ONCE)).ecsSaysNothingOf(Records.ARN).later(TEN_MINUTES);
            assertThat(world.sweep()).containsExactly(Followed.NOT_LOOKED_AT);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.RUNNING);
        }

        @Test
        void is_asked_for_together_with_99_others() {
            IntStream.range(0, 250).forEach(i -> {
                TaskRecord record = Records.running(Records.request("t" + i, 1, null, null, 0)).toBuilder()
                        .taskArn(Records.ARN + i)
                        .build();
                world.has(record).ecsSays(Records.exited(Records.ARN + i, 0));
            });
            world.later(TEN_MINUTES);
            assertThat(world.sweep()).hasSize(250).containsOnly(Followed.SUCCEEDED);
            assertThat(world.described).containsExactly(100, 100, 50);
        }
    }

    @Nested
    class A_task_that_runs_for_too_long {

        @Test
        void is_stopped_and_then_written_down() {
            world.has(due(Records.running(ONE_MINUTE)))
                    .ecsSays(Records.news(Records.ARN, 3, "RUNNING"))
                    .later(Duration.ofMinutes(1));
            assertThat(world.sweep()).containsExactly(Followed.TIMED_OUT);
            assertThat(world.log).containsExactly("stop " + Records.ARN, "update t");
            assertThat(world.stopped).containsExactly(Records.ARN + ": timed out after PT1M");
            assertThat(world.record("t").reason()).isEqualTo("timed out after PT1M");
        }

        @Test
        void ends_so_even_if_the_function_dies_between_the_two() {
            world.has(due(Records.running(ONE_MINUTE)))
                    .ecsSays(Records.news(Records.ARN, 3, "RUNNING"))
                    .breaks("update t")
                    .later(Duration.ofMinutes(1));
            assertThat(world.sweep()).containsExactly(Followed.NOT_LOOKED_AT);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.RUNNING);
            world.mends("update t");
            String said = world.stopped.getFirst().substring(Records.ARN.length() + 2);
            assertThat(world.news("t", Records.stopped(Records.ARN, "UserInitiated", "spillway: " + said)))
                    .isEqualTo(Followed.TIMED_OUT);
            assertThat(world.record("t").reason()).isEqualTo("timed out after PT1M");
        }

        @Test
        void and_cannot_be_stopped_now_is_not_written_down_as_stopped() {
            world.has(
                            due(Records.running(ONE_MINUTE)),
                            due(Records.running(Records.request("u", 1, null, null, 0)).toBuilder()
                                    .taskArn(Records.OTHER)
                                    .build()))
                    .ecsSays(Records.news(Records.ARN, 3, "RUNNING"), Records.exited(Records.OTHER, 0))
                    .later(Duration.ofMinutes(1));
            failToStop();
            assertThat(world.sweep()).containsExactlyInAnyOrder(Followed.NOT_LOOKED_AT, Followed.SUCCEEDED);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.RUNNING);
        }

        private void failToStop() {
            world.breaks("stop " + Records.ARN);
        }

        @Test
        void but_is_stopping_by_itself_is_left_to_its_own_end() {
            world.has(due(Records.running(ONE_MINUTE)))
                    .ecsSays(Records.news(Records.ARN, 5, "DEPROVISIONING"))
                    .later(Duration.ofMinutes(1));
            assertThat(world.sweep()).containsExactly(Followed.IGNORED);
            assertThat(world.stopped).isEmpty();
            assertThat(world.news("t", Records.exited(Records.ARN, 0))).isEqualTo(Followed.SUCCEEDED);
        }

        @Test
        void but_has_ended_just_now_has_not_timed_out() {
            world.has(due(Records.running(ONE_MINUTE)))
                    .ecsSays(Records.exited(Records.ARN, 0))
                    .later(Duration.ofMinutes(1));
            assertThat(world.sweep()).containsExactly(Followed.SUCCEEDED);
            assertThat(world.stopped).isEmpty();
        }

        @Test
        void is_stopped_again_if_it_runs_on() {
            world.has(due(Records.running(ONE_MINUTE)))
                    .ecsSays(Records.news(Records.ARN, 3, "RUNNING"))
                    .later(Duration.ofMinutes(1));
            world.sweep();
            assertThat(world.news("t", Records.news(Records.ARN, 4, "RUNNING"))).isEqualTo(Followed.STRAY);
            assertThat(world.stopped).hasSize(2);
        }
    }

    @Nested
    class A_function {

        @Test
        void of_which_nothing_is_heard_is_invoked_again_when_Lambda_can_have_kept_it_no_longer() {
            world.has(due(Records.placed(Records.functionRequest("f", 2, null))))
                    .later(Timings.GIVE_UP_FUNCTION);
            assertThat(world.sweep()).containsExactly(Followed.WAITING);
            assertThat(world.described).isEmpty();
            assertThat(world.record("f").attempt()).isEqualTo(2);
            assertThat(world.history("f")).last().asString().contains("destinations");
        }

        /** For want of concurrency Lambda keeps it for hours, and a second invocation would run beside it. */
        @Test
        void of_which_nothing_is_heard_for_an_hour_says_so_and_is_waited_for() {
            TaskRecord placed = Records.placed(Records.functionRequest("f", 2, null));
            world.has(due(placed)).later(Duration.ofHours(1));
            Instant givenUp = Timings.functionGivenUp(placed);

            world.sweep();

            TaskRecord late = world.record("f");
            assertThat(late.status()).isEqualTo(TaskStatus.PLACED);
            assertThat(late.attempt()).isEqualTo(1);
            assertThat(late.reason()).contains("destinations", "no concurrency", givenUp.toString());
            assertThat(late.dueAt()).isEqualTo(givenUp);
            assertThat(world.later(Duration.ofHours(1)).sweep()).isEmpty();
        }

        @Test
        void that_is_late_is_looked_at_again_when_its_time_is_over() {
            TaskRecord placed = Records.placed(Records.functionRequest("f", 2, Duration.ofHours(2)));
            world.has(due(placed)).later(Duration.ofHours(1)).sweep();

            assertThat(world.record("f").dueAt()).isEqualTo(Timings.functionDeadline(placed));
            assertThat(world.later(Duration.ofHours(1)).sweep()).containsExactly(Followed.TIMED_OUT);
        }

        @Test
        void that_takes_too_long_has_timed_out() {
            world.has(due(Records.placed(Records.functionRequest("f", 2, Duration.ofMinutes(1)))))
                    .later(TEN_MINUTES);
            assertThat(world.sweep()).containsExactly(Followed.TIMED_OUT);
            assertThat(world.stopped).isEmpty();
        }
    }

    @Nested
    class Two_sweeps_at_the_same_time {

        @Test
        void move_a_record_once() {
            world.has(Records.running(ONCE))
                    .ecsSays(Records.interrupted(Records.ARN))
                    .later(TEN_MINUTES);
            world.meanwhile(id -> world.later(Duration.ofMillis(1)).sweep());
            List<Followed> outer = world.sweep();
            assertThat(outer).containsExactly(Followed.IGNORED);
            assertThat(world.record("t").losses()).isEqualTo(1);
            assertThat(world.record("t").version()).isEqualTo(2);
        }

        /** Equal writes are both answered as written (see TaskStore); what follows from them must bear repetition. */
        @Test
        void at_the_very_same_instant_move_a_record_once_and_release_it_twice() {
            world.has(Records.running(ONCE))
                    .ecsSays(Records.interrupted(Records.ARN))
                    .later(TEN_MINUTES);
            world.meanwhile(id -> world.sweep());
            assertThat(world.sweep()).containsExactly(Followed.WAITING);
            assertThat(world.record("t").losses()).isEqualTo(1);
            assertThat(world.record("t").version()).isEqualTo(2);
        }

        @Test
        void time_a_task_out_once() {
            world.has(due(Records.running(ONE_MINUTE)))
                    .ecsSays(Records.news(Records.ARN, 3, "RUNNING"))
                    .later(Duration.ofMinutes(1));
            world.meanwhile(id -> world.later(Duration.ofMillis(1)).sweep());
            assertThat(world.sweep()).containsExactly(Followed.IGNORED);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.TIMED_OUT);
            assertThat(world.record("t").version()).isEqualTo(2);
        }

        @Test
        void do_not_judge_a_record_that_a_driver_has_moved_on() {
            world.has(Records.running(ONCE)).later(TEN_MINUTES);
            world.meanwhile(id -> world.table.update(world.record("t").toBuilder()
                    .end(TaskStatus.CANCELLED, "enough", world.now(), Duration.ofDays(1))
                    .build()));
            assertThat(world.sweep()).containsExactly(Followed.IGNORED);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.CANCELLED);
        }
    }

    @Nested
    class A_failure_of_AWS {

        @Test
        void for_one_record_does_not_stop_the_others() {
            for (String broken : List.of("find a", "update a", "release a")) {
                World one = new World();
                one.has(unanswered("a"), unanswered("b")).breaks(broken).later(Duration.ofSeconds(20));
                assertThat(one.sweep()).as(broken).contains(Followed.NOT_LOOKED_AT);
                assertThat(one.released).as(broken).containsExactly("b in 0 s");
                one.mends(broken).later(Duration.ofMinutes(2)).sweep();
                assertThat(one.released).as(broken).contains("a in 0 s");
            }
        }

        @Test
        void to_describe_tasks_does_not_stop_those_that_are_not_on_ECS() {
            world.has(due(Records.running(ONCE)), unanswered("w"))
                    .breaks(Records.ARN)
                    .later(TEN_MINUTES);
            assertThat(world.sweep()).containsExactlyInAnyOrder(Followed.IGNORED, Followed.NOT_LOOKED_AT);
            assertThat(world.released).containsExactly("w in 0 s");
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.RUNNING);
        }

        /** Ended by Lambda in the middle, it would leave the line alone, count nothing, and be begun again. */
        @Test
        void that_takes_long_leaves_time_for_the_line() {
            IntStream.range(0, 20).forEach(i -> {
                TaskRecord record =
                        Records.running(Records.request("t" + i, 1, Duration.ofMinutes(1), null, 0)).toBuilder()
                                .taskArn(Records.ARN + i)
                                .build();
                world.has(record)
                        .ecsSays(Records.news(Records.ARN + i, 3, "RUNNING"))
                        .breaks("stop " + Records.ARN + i);
            });
            world.has(Records.waiting(Records.request("w", 1, null, null, 0)))
                    .room(Records.INSTANCE, 8_000)
                    .stopsSlowly(Duration.ofSeconds(12))
                    .later(TEN_MINUTES);
            Instant begun = world.now();
            assertThat(world.sweep()).containsOnly(Followed.NOT_LOOKED_AT);
            assertThat(Duration.between(begun, world.now())).isLessThan(Duration.ofSeconds(50));
            assertThat(world.released).containsExactly("w in 0 s");
        }

        /** As one of another cluster, after the deployment's own was renamed: ECS refuses the whole question for it. */
        @Test
        void to_describe_one_task_does_not_stop_those_that_were_asked_for_with_it() {
            IntStream.range(0, 7).forEach(i -> {
                TaskRecord record = Records.running(Records.request("t" + i, 1, null, null, 0)).toBuilder()
                        .taskArn(Records.ARN + i)
                        .build();
                world.has(record).ecsSays(Records.exited(Records.ARN + i, 0));
            });
            world.refuses(Records.ARN + 3).later(TEN_MINUTES);
            assertThat(world.sweep())
                    .hasSize(7)
                    .containsOnly(Followed.SUCCEEDED, Followed.NOT_LOOKED_AT)
                    .containsOnlyOnce(Followed.NOT_LOOKED_AT);
            assertThat(world.record("t3").status()).isEqualTo(TaskStatus.RUNNING);
        }

        private static TaskRecord unanswered(String id) {
            return Records.unanswered(Records.request(id, 1, null, null, 0));
        }
    }

    @Test
    void does_500_in_one_run_and_the_rest_in_the_next() {
        IntStream.range(0, 501)
                .forEach(i -> world.has(Records.unanswered(Records.request("t" + i, 1, null, null, 0)).toBuilder()
                        .dueAt(Records.NOW.minusMillis(i))
                        .build()));
        assertThat(world.sweep()).hasSize(500);
        assertThat(world.released).hasSize(500).doesNotContain("t0 in 0 s");
        assertThat(world.sweep()).hasSize(1);
        assertThat(world.released).hasSize(501).endsWith("t0 in 0 s");
        assertThat(world.sweep()).isEmpty();
    }

    @Test
    void is_not_kept_from_a_timeout_by_many_that_a_slow_driver_leaves_waiting() {
        IntStream.range(0, 1_000)
                .forEach(i -> world.has(Records.unanswered(Records.request("w" + i, 1, null, null, 0))));
        world.has(Records.running(ONE_MINUTE).toBuilder()
                        .dueAt(Records.NOW.plusSeconds(30))
                        .build())
                .ecsSays(Records.news(Records.ARN, 3, "RUNNING"))
                .later(Duration.ofSeconds(30));
        world.sweep();
        world.later(Duration.ofMinutes(1)).sweep();
        world.later(Duration.ofMinutes(1)).sweep();
        assertThat(world.record("t").status()).isEqualTo(TaskStatus.TIMED_OUT);
    }

    @Test
    void gives_room_to_the_line_and_tries_the_luck_of_ten() {
        IntStream.range(0, 20)
                .forEach(i -> world.has(Records.waiting(Records.request("t%02d".formatted(i), 1, null, null, 0))));
        world.room(Records.INSTANCE, 1_024);
        assertThat(world.sweep()).isEmpty();
        assertThat(world.released)
                .hasSize(12)
                .startsWith("t00 in 0 s", "t01 in 0 s")
                .endsWith("t11 in 0 s");
    }

    @Nested
    class The_line {

        @Test
        void does_not_end_where_many_wait_for_what_is_not_there() {
            IntStream.range(0, 1_500)
                    .forEach(i -> world.has(
                            Records.waiting(Records.request("a%04d".formatted(i), 1, null, null, 9)).toBuilder()
                                    .needs(Records.needs(CapacityType.EC2_ON_DEMAND))
                                    .build()));
            world.has(Records.waiting(ONCE)).room(Records.INSTANCE, 8_000).sweep();
            assertThat(world.released).containsExactly("t in 0 s");
        }

        @Test
        void is_not_kept_from_Fargate_by_those_who_wait_for_Fargate_Spot() {
            IntStream.range(0, 20)
                    .forEach(i -> world.has(Records.waiting(Records.request("a" + i, 1, null, null, 9)).toBuilder()
                            .needs(Records.needs(CapacityType.FARGATE_SPOT))
                            .build()));
            world.has(Records.waiting(ONCE).toBuilder()
                            .needs(Records.needs(CapacityType.FARGATE))
                            .build())
                    .sweep();
            assertThat(world.released).hasSize(11).endsWith("t in 0 s");
        }

        @Test
        void notes_who_gives_way_and_who_does_so_no_longer() {
            world.has(
                            Records.waiting(Records.request("on-demand", 1, null, null, 0)).toBuilder()
                                    .needs(Records.needs(CapacityType.EC2_ON_DEMAND))
                                    .build(),
                            Records.waiting(Records.request("spot", 1, null, null, 0)).toBuilder()
                                    .needs(Records.needs(CapacityType.EC2_SPOT))
                                    .givesWay(true)
                                    .build())
                    .room(Records.INSTANCE, 100);

            world.sweep();

            assertThat(world.record("on-demand").givesWay()).isTrue();
            assertThat(world.history("on-demand")).last().asString().contains("newcomers go past it");
            assertThat(world.record("spot").givesWay()).isFalse();
            assertThat(world.record("spot").status()).isEqualTo(TaskStatus.WAITING);
            // Written once: nothing has changed since.
            long version = world.record("on-demand").version();
            world.later(Duration.ofMinutes(1)).sweep();
            assertThat(world.record("on-demand").version()).isEqualTo(version);
        }

        /** Nothing but RunTask tells that no instance meets its constraint. */
        @Test
        void goes_past_one_that_ECS_refuses_although_it_has_the_room() {
            TaskNeeds constrained = new TaskNeeds(new TaskSize(256, 512), false, List.of(CapacityType.EC2));
            world.has(
                            Records.waiting(Records.request("stuck", 1, null, null, 9)).toBuilder()
                                    .needs(constrained)
                                    .build(),
                            Records.waiting(ONCE).toBuilder()
                                    .needs(Records.needs(CapacityType.EC2))
                                    .build())
                    .room(Records.INSTANCE, 600);
            for (int minute = 1; minute <= 5; minute++) {
                world.later(Duration.ofMinutes(1)).sweep();
                assertThat(world.released).hasSize(minute).containsOnly("stuck in 0 s");
            }
            world.released.clear();
            world.later(Duration.ofMinutes(1)).sweep();
            assertThat(world.released).containsExactly("stuck in 0 s", "t in 0 s");
        }
    }

    @Test
    void does_not_release_what_is_not_in_the_line() {
        world.has(Records.unanswered(ONCE)).room(Records.INSTANCE, 8_000);
        world.sweep();
        assertThat(world.released).isEmpty();
    }

    private static TaskRecord due(TaskRecord record) {
        return record.toBuilder().dueAt(Records.NOW).build();
    }

    private static TaskRecord overdue(TaskRecord record) {
        return record.toBuilder()
                .waitingSince(Records.NOW.minusSeconds(60))
                .dueAt(Records.NOW)
                .build();
    }
}
