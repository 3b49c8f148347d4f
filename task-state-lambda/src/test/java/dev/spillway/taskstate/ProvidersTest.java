package dev.spillway.taskstate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.taskstate.event.Event;
import dev.spillway.taskstate.event.TaskChange;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Where capacity providers find the instances, and ECS accepts a task that it has none for. */
class ProvidersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final TaskRequest CHAIN = Records.request("t", 1, null, null, 0);
    private static final String MOVES_ON = "spillway: moves on: no instance of EC2_SPOT within PT40S";

    private final World world = new World(PATIENCE);

    @Nested
    class A_task_without_an_instance {

        @Test
        void is_stopped_when_patience_is_over_and_asks_for_nothing_else_until_ecs_says_that_it_has_stopped() {
            world.has(Records.withoutInstance(CHAIN)).ecsSays(Records.provisioning(Records.ARN));
            world.sweep();
            assertThat(world.stopped).containsExactly(Records.ARN + ": moves on: no instance of EC2_SPOT within PT40S");
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.PLACED);
            assertThat(world.released).isEmpty();
        }

        @Test
        void goes_on_after_its_capacity_type_then_without_a_loss_and_has_waited_all_the_while() {
            TaskRecord placed = Records.withoutInstance(CHAIN);
            world.has(placed).news("t", Records.stoppedWithoutInstance(Records.ARN, MOVES_ON));
            TaskRecord record = world.record("t");
            assertThat(record.status()).isEqualTo(TaskStatus.WAITING);
            assertThat(record.resumeAfter()).isEqualTo(CapacityType.EC2_SPOT);
            assertThat(record.waitingSince()).isEqualTo(placed.waitingSince());
            assertThat(record.losses()).isZero();
            assertThat(record.attempt()).isEqualTo(1);
            assertThat(record.pastTaskArns()).containsExactly(Records.ARN);
            assertThat(record.reason()).isEqualTo("moves on: no instance of EC2_SPOT within PT40S");
            assertThat(world.released).containsExactly("t in 0 s");
        }

        @Test
        void is_moved_once_although_the_event_comes_twice() {
            world.has(Records.withoutInstance(CHAIN));
            TaskChange stopped = Records.stoppedWithoutInstance(Records.ARN, MOVES_ON);
            world.news("t", stopped);
            TaskRecord moved = world.record("t");
            assertThat(world.news("t", stopped)).isEqualTo(Followed.IGNORED);
            assertThat(world.record("t")).isEqualTo(moved);
        }

        @Test
        void is_moved_by_the_sweep_if_the_event_of_the_stop_is_lost() {
            world.has(Records.withoutInstance(CHAIN)).ecsSays(Records.provisioning(Records.ARN));
            world.sweep();
            world.ecsSays(Records.stoppedWithoutInstance(Records.ARN, MOVES_ON)).later(Duration.ofMinutes(1));
            world.sweep();
            assertThat(world.record("t").resumeAfter()).isEqualTo(CapacityType.EC2_SPOT);
            // By its move, and as one of those that wait: a release is a hint, and the second finds nothing to do.
            assertThat(world.released).containsOnly("t in 0 s");
        }

        @Test
        void is_stopped_again_if_the_function_ended_after_the_stop() {
            world.has(Records.withoutInstance(CHAIN)).ecsSays(Records.provisioning(Records.ARN));
            world.breaks("update t");
            assertThat(world.sweep()).containsExactly(Followed.NOT_LOOKED_AT);
            world.mends("update t").sweep();
            assertThat(world.stopped).hasSize(2);
            assertThat(world.record("t").dueAt()).isEqualTo(world.now().plusSeconds(60));
        }

        @Test
        void stays_due_if_it_could_not_be_stopped() {
            world.has(Records.withoutInstance(CHAIN)).ecsSays(Records.provisioning(Records.ARN));
            world.breaks("stop " + Records.ARN);
            assertThat(world.sweep()).containsExactly(Followed.NOT_LOOKED_AT);
            assertThat(world.record("t").dueAt()).isEqualTo(Records.NOW);
        }

        /** After 10 to 30 minutes, as AWS has written; with which words is in no document. */
        @Test
        void loses_nothing_when_ecs_itself_gives_up_and_begins_anew() {
            TaskRecord last = Records.withoutInstance(CHAIN).toBuilder()
                    .needs(Records.needs(CapacityType.EC2_SPOT))
                    .build();
            world.has(last);
            world.news("t", Records.givenUp(Records.ARN, "Unable to run the task: no instance"));
            TaskRecord record = world.record("t");
            assertThat(record.status()).isEqualTo(TaskStatus.WAITING);
            assertThat(record.reason()).isEqualTo("ECS found no instance for it: Unable to run the task: no instance");
            assertThat(record.failedStarts()).isZero();
            assertThat(record.losses()).isZero();
            assertThat(record.notBefore()).isNull();
        }

        /** What can be read as the failure of a start is one, with or without an instance. */
        @Test
        void whose_image_cannot_be_pulled_has_failed_to_start() {
            world.has(Records.withoutInstance(CHAIN));
            world.news("t", Records.givenUp(Records.ARN, "CannotPullContainerError: no such image"));
            assertThat(world.record("t").failedStarts()).isEqualTo(1);
        }

        @Test
        void is_left_to_ecs_until_patience_is_over() {
            TaskRecord placed = Records.withoutInstance(CHAIN);
            world.has(placed.toBuilder().placedAt(Records.NOW.minusSeconds(10)).build())
                    .ecsSays(Records.provisioning(Records.ARN));
            world.sweep();
            assertThat(world.stopped).isEmpty();
            assertThat(world.record("t").dueAt()).isEqualTo(Records.NOW.plusSeconds(30));
        }

        @Test
        void is_left_to_ecs_if_its_chain_ends_there() {
            TaskRecord last = Records.withoutInstance(CHAIN).toBuilder()
                    .needs(Records.needs(CapacityType.EC2_SPOT))
                    .build();
            world.has(last).ecsSays(Records.provisioning(Records.ARN)).sweep();
            assertThat(world.stopped).isEmpty();
            assertThat(world.record("t").dueAt()).isEqualTo(Records.NOW.plus(Duration.ofMinutes(5)));
        }

        @Test
        void fails_at_its_wait_deadline_and_does_not_start_any_more() {
            TaskRequest impatient = Records.request("t", 1, null, Duration.ofMinutes(1), 0);
            TaskRecord last = Records.withoutInstance(impatient).toBuilder()
                    .needs(Records.needs(CapacityType.EC2_SPOT))
                    .reason("accepted for EC2_SPOT; ECS has no instance for it yet")
                    .build();
            world.has(last).ecsSays(Records.provisioning(Records.ARN)).sweep();
            assertThat(world.stopped).containsExactly(Records.ARN + ": no instance before its wait deadline");
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.FAILED);
            assertThat(world.record("t").reason())
                    .isEqualTo("no place within PT1M: accepted for EC2_SPOT; ECS has no instance for it yet");
        }

        /** Taken for a loss, the stop would give it the whole of its patience once more. */
        @Test
        void fails_at_its_wait_deadline_even_if_the_function_ends_after_the_stop() {
            world.has(Records.withoutInstance(Records.request("t", 1, null, Duration.ofMinutes(1), 0)))
                    .ecsSays(Records.provisioning(Records.ARN))
                    .breaks("update t")
                    .sweep();
            world.mends("update t")
                    .news(
                            "t",
                            Records.stoppedWithoutInstance(
                                    Records.ARN, "spillway: no instance before its wait deadline"));
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.FAILED);
            assertThat(world.record("t").reason()).isEqualTo("no instance before its wait deadline");
        }

        /** Given up, its place would be asked for once more, and both would run. */
        @Test
        void is_not_given_up_when_ecs_does_not_know_of_it_yet() {
            TaskRequest impatient = Records.request("t", 1, null, Duration.ofMinutes(1), 0);
            TaskRecord justPlaced = Records.withoutInstance(impatient).toBuilder()
                    .placedAt(Records.NOW.minusSeconds(1))
                    .build();
            assertThat(world.has(justPlaced).sweep()).containsExactly(Followed.IGNORED);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.PLACED);
            assertThat(world.record("t").dueAt()).isEqualTo(Records.NOW.plusSeconds(29));
        }

        @Test
        void is_of_the_type_that_was_asked_when_its_event_is_faster_than_the_answer() {
            world.has(Records.launching(CHAIN));
            world.news("t", Records.stoppedWithoutInstance(Records.ARN, "Task stopped by a person"));
            assertThat(world.record("t").capacityType()).isEqualTo(CapacityType.EC2_SPOT);
        }
    }

    @Test
    void a_task_that_has_its_instance_is_not_moved() {
        TaskChange pending = Records.pending(Records.ARN);
        world.has(Records.withoutInstance(CHAIN)).ecsSays(pending).sweep();
        assertThat(world.stopped).isEmpty();
        assertThat(world.record("t").dueAt()).isEqualTo(Records.NOW.plus(Duration.ofMinutes(5)));
    }

    @Test
    void a_record_forgets_the_oldest_of_very_many_tasks_that_it_has_left() {
        TaskRecord record = Records.withoutInstance(CHAIN);
        for (int i = 0; i < TaskRecord.MAX_PAST_TASKS + 5; i++) {
            record = record.toBuilder().taskArn("arn-" + i).leaveTask().build();
        }
        assertThat(record.pastTaskArns())
                .hasSize(TaskRecord.MAX_PAST_TASKS)
                .startsWith("arn-5")
                .endsWith("arn-204");
    }

    @Nested
    class The_waiting_line {

        @Test
        void goes_without_a_look_at_the_instances_since_ecs_keeps_a_line_of_its_own() {
            waiting(3);
            world.breaks("ListContainerInstances").sweep();
            assertThat(world.released).containsExactly("t0 in 0 s", "t1 in 0 s", "t2 in 0 s");
        }

        @Test
        void goes_a_hundred_in_a_minute() {
            waiting(150);
            world.sweep();
            assertThat(world.released).hasSize(100);
        }

        @Test
        void moves_up_by_one_for_each_task_that_has_left_an_instance() {
            waiting(3);
            world.news("other", Records.exited(Records.OTHER, 0));
            assertThat(world.released).containsExactly("t0 in 0 s");
        }

        @Test
        void moves_up_by_ten_when_an_instance_has_joined() {
            waiting(15);
            world.handle(new Event.InstanceChanged(Records.INSTANCE, true));
            assertThat(world.released).hasSize(10);
        }

        @Test
        void lets_those_that_cannot_use_instances_ask_elsewhere_ten_in_a_minute() {
            IntStream.range(0, 15)
                    .forEach(i -> world.has(Records.waiting(Records.request("t" + i, 1, null, null, 0)).toBuilder()
                            .needs(Records.needs(CapacityType.FARGATE))
                            .build()));
            world.sweep();
            assertThat(world.released).hasSize(10);
        }

        @Test
        void shows_those_who_may_use_instances_behind_many_who_may_not() {
            IntStream.range(0, 150)
                    .forEach(i -> world.has(Records.waiting(Records.request("f" + i, 1, null, null, 9)).toBuilder()
                            .needs(Records.needs(CapacityType.FARGATE))
                            .build()));
            world.has(Records.waiting(CHAIN)).sweep();
            assertThat(world.released).hasSize(11).contains("t in 0 s");
            world.released.clear();
            world.news("other", Records.exited(Records.OTHER, 0));
            assertThat(world.released).containsExactly("t in 0 s");
        }

        private void waiting(int tasks) {
            IntStream.range(0, tasks)
                    .forEach(i -> world.has(Records.waiting(Records.request("t" + i, 1, null, null, 0))));
        }
    }
}
