package dev.spillway.taskstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.spillway.common.aws.AwsFailure;
import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.ecs.TaskDefinitions;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskSize;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.common.task.Timings;
import dev.spillway.taskstate.event.Event;
import dev.spillway.taskstate.event.TaskChange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.ecs.model.EcsException;

/** One event at a time, as EventBridge hands them in. */
class FollowingTest {

    private static final TaskRequest ONCE = Records.request("t", 1, null, null, 0);
    private static final TaskRequest TWICE = Records.request("t", 2, null, null, 0);

    private final World world = new World();

    @Nested
    class A_task {

        @Test
        void that_runs_and_ends_well() {
            world.has(Records.placed(ONCE));
            assertThat(world.news("t", Records.news(Records.ARN, 3, "RUNNING"))).isEqualTo(Followed.MOVED);
            assertThat(world.news("t", Records.exited(Records.ARN, 0))).isEqualTo(Followed.SUCCEEDED);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.SUCCEEDED);
            assertThat(world.history("t")).endsWith("running on EC2_SPOT", "every essential container exited with 0");
            assertThat(world.released).isEmpty();
        }

        @Test
        void that_is_lost_is_released_at_once() {
            world.has(Records.running(ONCE));
            assertThat(world.news("t", Records.interrupted(Records.ARN))).isEqualTo(Followed.WAITING);
            assertThat(world.released).containsExactly("t in 0 s");
        }

        @Test
        void that_failed_is_released_when_its_retry_is_due() {
            world.has(Records.running(TWICE));
            assertThat(world.news("t", Records.exited(Records.ARN, 1))).isEqualTo(Followed.WAITING);
            long delay = Timings.retryDelay(Records.running(TWICE)).toSeconds();
            assertThat(world.released).containsExactly("t in " + delay + " s");
        }

        @Test
        void that_is_lost_while_it_was_only_waited_for_is_released_too() {
            world.has(Records.unanswered(ONCE));
            assertThat(world.news("t", Records.interrupted(Records.ARN))).isEqualTo(Followed.WAITING);
            assertThat(world.released).containsExactly("t in 0 s");
        }

        @Test
        void that_failed_to_start_while_it_was_only_waited_for_is_released_later() {
            world.has(Records.unanswered(ONCE));
            assertThat(world.news("t", Records.notStarted(Records.ARN, "CannotPullContainerError")))
                    .isEqualTo(Followed.WAITING);
            assertThat(world.released).hasSize(1);
            assertThat(world.record("t").failedStarts()).isOne();
        }

        @Test
        void whose_news_comes_twice_is_moved_and_released_once() {
            world.has(Records.running(ONCE));
            world.news("t", Records.interrupted(Records.ARN));
            TaskRecord once = world.record("t");
            assertThat(world.news("t", Records.interrupted(Records.ARN))).isEqualTo(Followed.IGNORED);
            assertThat(world.record("t")).isEqualTo(once);
            assertThat(world.released).hasSize(1);
        }

        @Test
        void that_nobody_knows_is_left_alone() {
            assertThat(world.news("t", Records.news(Records.ARN, 3, "RUNNING"))).isEqualTo(Followed.IGNORED);
            assertThat(world.stopped).isEmpty();
        }

        @Test
        void that_has_expired_between_reading_and_writing_is_left_alone() {
            world.has(Records.running(ONCE)).meanwhile(id -> {
                TaskRecord ended = world.record("t").toBuilder()
                        .end(TaskStatus.CANCELLED, "enough", world.now(), Duration.ZERO)
                        .build();
                world.table.update(ended);
                world.table.forgetExpired(world.now().plusSeconds(1));
            });
            assertThat(world.news("t", Records.exited(Records.ARN, 0))).isEqualTo(Followed.IGNORED);
        }
    }

    @Nested
    class Somebody_elses_write_in_between {

        @Test
        void is_decided_upon_anew() {
            world.has(Records.running(TWICE))
                    .meanwhile(id -> world.table.update(world.record("t").toBuilder()
                            .attempt(2)
                            .note(world.now(), "somebody else")
                            .build()));
            assertThat(world.news("t", Records.exited(Records.ARN, 1))).isEqualTo(Followed.FAILED);
            assertThat(world.history("t")).contains("somebody else");
        }

        @Test
        void that_ends_the_task_stands() {
            world.has(Records.running(TWICE))
                    .meanwhile(id -> world.table.update(world.record("t").toBuilder()
                            .end(TaskStatus.CANCELLED, "enough", world.now(), Duration.ofDays(1))
                            .build()));
            assertThat(world.news("t", Records.exited(Records.ARN, 0))).isEqualTo(Followed.IGNORED);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.CANCELLED);
        }
    }

    @Nested
    class A_stray {

        private static final String BESIDE = ": task t already runs as another one";

        @Test
        void is_stopped_and_noted() {
            world.has(Records.running(ONCE));
            assertThat(world.news("t", Records.news(Records.OTHER, 3, "RUNNING")))
                    .isEqualTo(Followed.STRAY);
            assertThat(world.stopped).containsExactly(Records.OTHER + BESIDE);
            assertThat(world.history("t")).endsWith("stopped " + Records.OTHER + BESIDE);
            assertThat(world.record("t").taskArn()).isEqualTo(Records.ARN);
        }

        @Test
        void is_stopped_before_it_is_noted() {
            world.has(Records.running(ONCE));
            world.news("t", Records.news(Records.OTHER, 3, "RUNNING"));
            assertThat(world.log).containsExactly("stop " + Records.OTHER, "update t");
        }

        @Test
        void that_cannot_be_stopped_now_is_news_again() {
            world.has(Records.running(ONCE)).breaks(Records.OTHER);
            assertThatExceptionOfType(EcsException.class)
                    .isThrownBy(() -> world.news("t", Records.news(Records.OTHER, 3, "RUNNING")));
            world.mends(Records.OTHER);
            assertThat(world.news("t", Records.news(Records.OTHER, 3, "RUNNING")))
                    .isEqualTo(Followed.STRAY);
        }

        @Test
        void is_noted_although_somebody_else_writes_meanwhile() {
            world.has(Records.running(ONCE))
                    .meanwhile(id -> world.table.update(world.record("t").toBuilder()
                            .note(world.now(), "somebody else")
                            .build()));
            world.news("t", Records.news(Records.OTHER, 3, "RUNNING"));
            assertThat(world.history("t")).endsWith("somebody else", "stopped " + Records.OTHER + BESIDE);
        }

        @ParameterizedTest
        @EnumSource(
                value = TaskStatus.class,
                names = {"SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED"})
        void after_the_end_is_stopped_once_and_the_end_stands(TaskStatus end) {
            world.has(Records.ended(ONCE, end));
            assertThat(world.news("t", Records.news(Records.OTHER, 3, "RUNNING")))
                    .isEqualTo(Followed.STRAY);
            assertThat(world.news("t", Records.news(Records.OTHER, 3, "RUNNING")))
                    .isEqualTo(Followed.IGNORED);
            assertThat(world.stopped).containsExactly(Records.OTHER + ": task t is " + end);
            assertThat(world.record("t").status()).isEqualTo(end);
            assertThat(world.record("t").dueAt()).isNull();
            assertThat(world.record("t").expiresAt())
                    .isEqualTo(Records.ended(ONCE, end).expiresAt());
        }

        @Test
        void that_stops_after_the_current_one_was_lost_does_not_end_the_task() {
            world.has(Records.running(ONCE));
            world.news("t", Records.news(Records.OTHER, 3, "RUNNING"));
            world.news("t", Records.interrupted(Records.ARN));
            world.news("t", Records.stopped(Records.OTHER, "UserInitiated", "spillway" + BESIDE));
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.WAITING);
        }
    }

    @Nested
    class Several_containers {

        private final TaskChange mixed = Records.stopped(
                Records.ARN,
                "EssentialContainerExited",
                "Essential container in task exited",
                new TaskChange.Container("sidecar", 1, ""),
                new TaskChange.Container("main", 0, ""));

        @Test
        void are_told_apart_by_the_definition() {
            world.has(Records.running(ONCE))
                    .defines(
                            new TaskDefinitionFacts.Container("main", true, 0, 0),
                            new TaskDefinitionFacts.Container("sidecar", false, 0, 0));
            assertThat(world.news("t", mixed)).isEqualTo(Followed.SUCCEEDED);
        }

        @Test
        void wait_while_the_definition_cannot_be_read() {
            world.has(Records.running(ONCE));
            assertThatIllegalStateException()
                    .isThrownBy(() -> world.news("t", mixed))
                    .withMessageContaining("Rate exceeded");
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.RUNNING);
        }

        @Test
        void all_count_once_the_definition_is_gone() {
            world.has(Records.running(ONCE))
                    .defines(new TaskDefinitions.Lookup.NotFound(new AwsFailure.Permanent("ClientException: gone")));
            assertThat(world.news("t", mixed)).isEqualTo(Followed.FAILED);
        }

        @Test
        void of_one_the_definition_is_not_asked_for() {
            world.has(Records.running(ONCE));
            assertThat(world.news("t", Records.exited(Records.ARN, 0))).isEqualTo(Followed.SUCCEEDED);
        }
    }

    @Nested
    class Freed_room {

        private final TaskRecord first = Records.waiting(Records.request("first", 1, null, null, 9));
        private final TaskRecord second = Records.waiting(Records.request("second", 1, null, null, 0));

        @Test
        void of_a_task_that_stopped_goes_to_the_next_in_line() {
            world.has(Records.running(ONCE), first, second).room(Records.INSTANCE, 512);
            world.news("t", Records.exited(Records.ARN, 0));
            assertThat(world.released).containsExactly("first in 0 s");
        }

        @Test
        void of_a_task_that_nobody_knows_does_too() {
            world.has(first).room(Records.INSTANCE, 512);
            world.news("unknown", Records.exited(Records.OTHER, 0));
            assertThat(world.released).containsExactly("first in 0 s");
        }

        @Test
        void is_not_there_while_the_task_is_only_stopping() {
            world.has(Records.running(ONCE), first).room(Records.INSTANCE, 512);
            world.news("t", Records.news(Records.ARN, 5, "STOPPING"));
            assertThat(world.released).isEmpty();
        }

        @Test
        void of_an_instance_that_joins_holds_several() {
            world.has(first, second).room(Records.INSTANCE, 1_024);
            world.handle(new Event.InstanceChanged(Records.INSTANCE, true));
            assertThat(world.released).containsExactly("first in 0 s", "second in 0 s");
        }

        @Test
        void of_an_instance_is_looked_for_when_it_joins_and_not_when_a_task_starts_there() {
            world.has(first, second).room(Records.INSTANCE, 512);
            world.handle(new Event.InstanceChanged(Records.INSTANCE, true));
            world.handle(new Event.InstanceChanged(Records.INSTANCE, true));
            assertThat(world.released).containsExactly("first in 0 s");
        }

        @Test
        void of_an_instance_that_comes_back_from_draining_is_looked_for_again() {
            world.has(first, second).room(Records.INSTANCE, 512);
            world.handle(new Event.InstanceChanged(Records.INSTANCE, true));
            world.handle(new Event.InstanceChanged(Records.INSTANCE, false));
            world.handle(new Event.InstanceChanged(Records.INSTANCE, true));
            assertThat(world.released).containsExactly("first in 0 s", "first in 0 s");
        }

        @Test
        void of_an_instance_that_drains_or_has_lost_its_agent_is_none() {
            world.has(first).room(Records.INSTANCE, 1_024, false);
            world.handle(new Event.InstanceChanged(Records.INSTANCE, true));
            assertThat(world.sweep()).isEmpty();
            // The sweep's probe goes to Fargate, which the task takes too.
            assertThat(world.released).containsExactly("first in 0 s");
        }

        @Test
        void does_not_wait_for_the_sweep_because_a_large_task_waits_too() {
            TaskRecord large = Records.waiting(Records.request("large", 1, null, null, 99)).toBuilder()
                    .needs(new TaskNeeds(new TaskSize(4_096, 4_096), true, List.of(CapacityType.EC2)))
                    .build();
            world.has(large, second).room(Records.INSTANCE, 600).room("roomier", 4_000);
            world.news("unknown", Records.exited(Records.OTHER, 0));
            assertThat(world.released).containsExactly("second in 0 s");
        }

        @Test
        void is_kept_for_a_large_task_if_no_other_instance_is_roomier() {
            TaskRecord large = Records.waiting(Records.request("large", 1, null, null, 99)).toBuilder()
                    .needs(new TaskNeeds(new TaskSize(4_096, 4_096), true, List.of(CapacityType.EC2)))
                    .build();
            world.has(large, second).room(Records.INSTANCE, 600).room("full", 10);
            world.news("unknown", Records.exited(Records.OTHER, 0));
            assertThat(world.released).isEmpty();
        }

        @Test
        void that_is_not_only_of_CPU_and_memory_is_that_of_the_one_task_that_has_left() {
            world.has(networked("first", 9), networked("second", 0)).room(Records.INSTANCE, 4_096, true, 0);
            world.news("unknown", Records.exited(Records.OTHER, 0));
            assertThat(world.released).containsExactly("first in 0 s");
        }

        @Test
        void on_an_instance_that_joins_is_as_much_as_others_of_its_type_have_shown() {
            world.has(networked("first", 9), networked("second", 0), networked("third", 0))
                    .room(Records.INSTANCE, 4_096, true, 0)
                    .room("other", 4_096, true, 2);
            world.handle(new Event.InstanceChanged(Records.INSTANCE, true));
            assertThat(world.released).containsExactly("first in 0 s", "second in 0 s");
        }

        private TaskRecord networked(String id, int priority) {
            TaskSize size = new TaskSize(256, 512);
            return Records.waiting(Records.request(id, 1, null, null, priority)).toBuilder()
                    .needs(new TaskNeeds(size, false, List.of(CapacityType.EC2)))
                    .build();
        }
    }

    @Test
    void an_event_for_nobody_is_counted() {
        assertThat(world.handle(new Event.Ignored("odd"))).containsExactly(Followed.IGNORED);
    }

    @Test
    void the_result_of_a_function_moves_its_record() {
        world.has(Records.placed(Records.functionRequest("f", 2, null)));
        Event failed = new Event.FunctionEnded(new TaskId("f"), 1, "request-1", false, "RetriesExhausted", world.now());
        assertThat(world.handle(failed)).containsExactly(Followed.WAITING);
        assertThat(world.handle(failed)).containsExactly(Followed.IGNORED);
        assertThat(world.released).hasSize(1);
        assertThat(world.record("f").attempt()).isEqualTo(2);
    }
}
