package dev.spillway.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.aws.AwsFailure;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.HistoryEntry;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskSize;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.common.task.Timings;
import dev.spillway.driver.chain.RefusalMemory;
import dev.spillway.driver.launch.Launch;
import dev.spillway.driver.launch.LaunchAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverTest {

    private static final String TASK = "{\"taskId\":\"t\",\"taskDefinition\":\"job\"}";

    private final World world = new World();

    @Nested
    class A_new_task {

        @Test
        void is_placed_on_the_first_capacity_type_that_has_room() {
            assertThat(world.send("m1", TASK)).isInstanceOf(Outcome.Placed.class);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.PLACED);
            assertThat(world.record("t").capacityType()).isEqualTo(CapacityType.EC2);
            assertThat(world.record("t").taskArn()).isEqualTo("arn:task/t/1");
            assertThat(world.record("t").dueAt()).isEqualTo(world.now().plus(Timings.RECONCILE));
        }

        @Test
        void is_claimed_with_its_launch_before_the_launch_is_made() {
            world.duringLaunch(() -> {
                TaskRecord record = world.record("t");
                assertThat(record.status()).isEqualTo(TaskStatus.LAUNCHING);
                assertThat(record.launch()).isEqualTo(world.launches.getLast().number());
                assertThat(record.capacityType())
                        .isEqualTo(world.launches.getLast().capacityType());
            });
            world.answers(CapacityType.EC2, World.noRoom("RESOURCE:MEMORY"));
            assertThat(world.send("m1", TASK)).isEqualTo(new Outcome.Placed(CapacityType.FARGATE, true, Duration.ZERO));
            assertThat(world.launches).extracting(Launch::number).containsExactly(1, 2);
        }

        /** Hours of a run that was lost are no latency of the launch that follows. */
        @Test
        void is_timed_from_the_loss_of_its_last_place() {
            world.send("m1", TASK);
            world.later(Duration.ofHours(3));
            world.store.update(world.record("t").toBuilder()
                    .become(TaskStatus.WAITING, world.now(), "lost")
                    .leaveTask()
                    .waitingSince(world.now())
                    .build());
            assertThat(world.later(Duration.ofSeconds(2)).release("t"))
                    .isEqualTo(new Outcome.Placed(CapacityType.EC2, false, Duration.ofSeconds(2)));
        }

        /** The alarm that makes the group grow counts those that went elsewhere for want of an instance. */
        @ParameterizedTest
        @CsvSource({
            // chain, CPU units, what has no room: whether it spilled over
            "EC2 FARGATE, 256, EC2, true",
            "FARGATE_SPOT EC2 FARGATE, 256, FARGATE_SPOT EC2, true",
            "EC2_SPOT EC2_ON_DEMAND, 256, EC2_SPOT, true",
            "FARGATE_SPOT FARGATE, 256, FARGATE_SPOT, false",
            "FARGATE_SPOT EC2, 256, FARGATE_SPOT, false",
            // Too large for the largest instance: more of them would not have helped.
            "EC2 FARGATE, 16384, EC2, false"
        })
        void has_spilled_over_if_there_was_no_room_on_instances_that_it_fits_on(
                String chain, int cpu, String full, boolean spilledOver) {
            for (String type : full.split(" ", -1)) {
                world.answers(CapacityType.valueOf(type), World.noRoom("no room"));
            }
            String message = "{\"taskDefinition\":\"job\",\"cpu\":%d,\"memory\":%d,\"capacity\":[\"%s\"]}"
                    .formatted(cpu, 2 * cpu, chain.replace(" ", "\",\""));
            assertThat(world.send("m", message))
                    .isInstanceOfSatisfying(
                            Outcome.Placed.class,
                            placed -> assertThat(placed.spilledOver()).isEqualTo(spilledOver));
        }

        @Test
        void waits_with_the_reasons_when_nothing_has_room() {
            world.answers(CapacityType.EC2, World.noRoom("RESOURCE:MEMORY", "RESOURCE:CPU"))
                    .answers(CapacityType.FARGATE, World.noRoom("Capacity is unavailable at this time."));
            assertThat(world.send("m1", TASK)).isInstanceOf(Outcome.Waiting.class);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.WAITING);
            assertThat(world.record("t").reason())
                    .isEqualTo(
                            "EC2 has no room for 256 CPU units and 512 MiB (RESOURCE:CPU, RESOURCE:MEMORY); "
                                    + "FARGATE has no room for 256 CPU units and 512 MiB (Capacity is unavailable at this time.)");
            assertThat(world.record("t").replayLaunch()).isFalse();
        }

        @Test
        void that_AWS_does_not_answer_for_asks_nothing_else_and_keeps_its_launch_number() {
            world.answers(CapacityType.EC2, new LaunchAnswer.Unanswered("timed out"));
            assertThat(world.send("m1", TASK)).isInstanceOf(Outcome.Waiting.class);
            assertThat(world.launches).hasSize(1);
            assertThat(world.record("t").replayLaunch()).isTrue();
            assertThat(world.record("t").notBefore()).isAfter(world.now());

            world.later(Duration.ofMinutes(1));
            world.release("t");
            assertThat(world.launches).extracting(Launch::number).containsExactly(1, 1);
            assertThat(world.launches).extracting(Launch::capacityType).containsOnly(CapacityType.EC2);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.PLACED);
        }

        @Test
        void that_AWS_will_never_take_fails_with_its_words() {
            world.answers(CapacityType.EC2, new LaunchAnswer.Impossible("ClientException: no such volume"));
            assertThat(world.send("m1", TASK)).isInstanceOf(Outcome.Failed.class);
            assertThat(world.record("t").reason()).isEqualTo("ClientException: no such volume");
            assertThat(world.record("t").expiresAt()).isEqualTo(world.now().plus(Duration.ofDays(14)));
        }

        @Test
        void of_an_unknown_definition_fails_and_names_it() {
            world.undefined("job2", new AwsFailure.Permanent("ClientException: Unable to describe task definition."));
            world.send("m1", "{\"taskId\":\"t\",\"taskDefinition\":\"job2\"}");
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.FAILED);
            assertThat(world.record("t").reason()).startsWith("taskDefinition: got \"job2\", which ECS does not know");
            assertThat(world.launches).isEmpty();
        }

        @Test
        void whose_definition_cannot_be_read_now_waits() {
            world.undefined("job3", new AwsFailure.Retryable("Rate exceeded", false));
            world.send("m1", "{\"taskId\":\"t\",\"taskDefinition\":\"job3\"}");
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.WAITING);
            assertThat(world.record("t").notBefore()).isAfter(world.now());
        }

        @Test
        void that_fits_only_EC2_waits_for_it_instead_of_failing_on_Fargate() {
            world.defined("job-ec2", Set.of("EC2"), "bridge")
                    .answers(CapacityType.EC2, World.noRoom("RESOURCE:MEMORY"));
            world.send("m1", "{\"taskId\":\"t\",\"taskDefinition\":\"job-ec2\"}");
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.WAITING);
            assertThat(world.record("t").reason()).contains("not compatible with Fargate");
            assertThat(world.launches).extracting(Launch::capacityType).containsExactly(CapacityType.EC2);
        }

        @Test
        void that_fits_nowhere_at_all_fails_at_once() {
            world.defined("job-ec2", Set.of("EC2"), "bridge");
            world.send("m1", "{\"taskId\":\"t\",\"taskDefinition\":\"job-ec2\",\"capacity\":[\"FARGATE\"]}");
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.FAILED);
            assertThat(world.launches).isEmpty();
        }

        @Test
        void whose_container_is_not_in_its_definition_fails_and_names_those_that_are() {
            world.send("m1", "{\"taskId\":\"t\",\"taskDefinition\":\"job\",\"container\":\"web\"}");
            assertThat(world.record("t").reason())
                    .isEqualTo("container: got \"web\", wants one of the task definition's containers: main");
        }

        @Test
        void of_a_function_is_invoked() {
            world.send("m1", "{\"taskId\":\"t\",\"function\":\"fn\",\"payload\":{\"a\":1}}");
            assertThat(world.launches).singleElement().isInstanceOf(Launch.OnLambda.class);
            assertThat(world.record("t").capacityType()).isEqualTo(CapacityType.LAMBDA);
            assertThat(world.record("t").dueAt()).isEqualTo(world.now().plus(Timings.RECONCILE_FUNCTION));
        }

        @Test
        void of_a_function_with_a_timeout_is_looked_at_when_that_is_over() {
            world.send("m1", "{\"taskId\":\"t\",\"function\":\"fn\",\"timeout\":\"PT2M\"}");
            assertThat(world.record("t").dueAt()).isEqualTo(world.now().plus(Duration.ofMinutes(2)));
        }

        @Test
        void does_not_ask_what_has_just_refused_a_task_of_its_size() {
            world.answers(CapacityType.EC2, World.noRoom("RESOURCE:MEMORY"));
            world.send("m1", TASK);
            world.send("m2", "{\"taskId\":\"u\",\"taskDefinition\":\"job\"}");
            assertThat(world.launches)
                    .extracting(Launch::capacityType)
                    .containsExactly(CapacityType.EC2, CapacityType.FARGATE, CapacityType.FARGATE);
            assertThat(world.record("u").history().getFirst().what()).contains("a moment ago");
        }
    }

    @Nested
    class The_same_id_again {

        @Test
        void with_the_same_content_is_answered_from_the_record() {
            world.send("m1", TASK);
            TaskRecord before = world.record("t");
            assertThat(world.send("m2", "{ \"taskDefinition\":\"job\", \"taskId\":\"t\" }"))
                    .isInstanceOf(Outcome.Answered.class);
            assertThat(world.record("t")).isEqualTo(before);
            assertThat(world.deadLetters).isEmpty();
        }

        @Test
        void with_other_content_is_a_conflict_and_leaves_the_record_alone() {
            world.send("m1", TASK);
            TaskRecord before = world.record("t");
            assertThat(world.send("m2", "{\"taskId\":\"t\",\"taskDefinition\":\"job\",\"priority\":3}"))
                    .isInstanceOf(Outcome.Rejected.class);
            assertThat(world.record("t")).isEqualTo(before);
            assertThat(world.deadLetters).singleElement().asString().contains("belongs to a task of other content");
        }

        @Test
        void while_a_driver_holds_the_lease_is_left_to_that_driver() {
            world.duringLaunch(() -> {
                world.duringLaunch(() -> {});
                assertThat(world.send("m1", TASK)).isInstanceOf(Outcome.Answered.class);
            });
            world.send("m1", TASK);
            assertThat(world.launches).hasSize(1);
        }

        @Test
        void after_the_lease_takes_up_the_same_launch() {
            world.duringLaunch(() -> {
                throw new IllegalStateException("the function ends here");
            });
            org.assertj.core.api.Assertions.assertThatIllegalStateException().isThrownBy(() -> world.send("m1", TASK));
            world.duringLaunch(() -> {}).later(Timings.LEASE);
            world.send("m1", TASK);
            assertThat(world.launches).extracting(Launch::number).containsExactly(1, 1);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.PLACED);
        }

        @Test
        void after_a_rejection_begins_anew() {
            world.send("m1", "{\"taskId\":\"t\",\"taskDefinition\":\"job\",\"cpu\":\"two\"}");
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.REJECTED);
            world.send("m2", TASK);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.PLACED);
            assertThat(world.record("t").history())
                    .extracting(HistoryEntry::what)
                    .anySatisfy(what -> assertThat(what).contains("was rejected"));
        }
    }

    @Nested
    class A_message_that_cannot_be_accepted {

        @Test
        void goes_to_the_dead_letter_queue_with_every_reason_and_into_the_table() {
            world.send("m1", "{\"taskId\":\"t\",\"taskDefinition\":\"job\",\"cpu\":\"two\",\"colour\":1}");
            assertThat(world.deadLetters)
                    .singleElement()
                    .asString()
                    .contains("cpu")
                    .contains("colour");
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.REJECTED);
            assertThat(world.launches).isEmpty();
        }

        @Test
        void never_touches_the_task_whose_id_it_names() {
            world.send("m1", TASK);
            world.send("m2", "{\"taskId\":\"t\",\"taskDefinition\":\"job\",\"cpu\":-1}");
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.PLACED);
        }

        @Test
        void because_the_deployment_does_not_allow_it_says_what_is_allowed() {
            world.send("m1", "{\"taskId\":\"t\",\"taskDefinition\":\"admin\"}");
            assertThat(world.record("t").reason())
                    .isEqualTo("taskDefinition: got \"admin\", wants one that the deployment allows "
                            + "(parameter TaskDefinitions): job*");
        }

        @Test
        void that_is_no_JSON_is_rejected_without_a_record() {
            assertThat(world.send("m1", "hello")).isInstanceOf(Outcome.Rejected.class);
            assertThat(world.store.withStatus(TaskStatus.REJECTED, 10)).isEmpty();
            assertThat(world.deadLetters).hasSize(1);
        }
    }

    @Nested
    class A_cancel {

        @Test
        void of_a_placed_task_stops_it() {
            world.send("m1", TASK);
            assertThat(world.send("m2", "{\"cancel\":\"t\",\"reason\":\"not needed\"}"))
                    .isInstanceOf(Outcome.Cancelled.class);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.CANCELLED);
            assertThat(world.record("t").reason()).isEqualTo("not needed");
            assertThat(world.stopped).containsExactly("arn:task/t/1");
        }

        @Test
        void that_comes_again_stops_again_in_case_the_first_did_not_get_that_far() {
            world.send("m1", TASK);
            world.send("m2", "{\"cancel\":\"t\"}");
            world.send("m2", "{\"cancel\":\"t\"}");
            assertThat(world.stopped).hasSize(2);
            assertThat(world.record("t").history()).hasSize(3);
        }

        @Test
        void that_overtakes_its_task_wins() {
            world.send("m1", "{\"cancel\":\"t\"}");
            assertThat(world.send("m2", TASK)).isInstanceOf(Outcome.Answered.class);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.CANCELLED);
            assertThat(world.launches).isEmpty();
        }

        @Test
        void during_the_launch_wins_and_what_was_launched_is_stopped() {
            world.duringLaunch(() -> world.send("m2", "{\"cancel\":\"t\"}"));
            world.send("m1", TASK);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.CANCELLED);
            assertThat(world.stopped).containsExactly("arn:task/t/1");
        }

        @Test
        void of_a_launch_without_answer_stops_what_ECS_has_started_for_it() {
            world.answers(CapacityType.EC2, new LaunchAnswer.Unanswered("timed out"));
            world.send("m1", TASK);
            world.alive.add("arn:task/unseen");
            world.send("m2", "{\"cancel\":\"t\"}");
            assertThat(world.stopped).containsExactly("arn:task/unseen");
        }

        @Test
        void during_the_invocation_of_a_function_stops_nothing_for_a_function_cannot_be_stopped() {
            world.duringLaunch(() -> world.send("m2", "{\"cancel\":\"t\"}"));
            world.send("m1", "{\"taskId\":\"t\",\"function\":\"fn\"}");
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.CANCELLED);
            assertThat(world.stopped).isEmpty();
        }

        @Test
        void of_a_task_that_has_ended_changes_nothing() {
            world.answers(CapacityType.EC2, new LaunchAnswer.Impossible("never"));
            world.send("m1", TASK);
            world.send("m2", "{\"cancel\":\"t\"}");
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.FAILED);
        }
    }

    @Nested
    class A_waiting_task {

        @Test
        @DisplayName("gets a new launch number, because the old one would be answered with the old refusal")
        void released() {
            world.answers(CapacityType.EC2, World.noRoom("RESOURCE:MEMORY"))
                    .answers(CapacityType.FARGATE, World.noRoom("Capacity is unavailable at this time."));
            world.send("m1", TASK);
            world.release("t");
            assertThat(world.launches).extracting(Launch::number).containsExactly(1, 2, 3);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.PLACED);
            assertThat(world.record("t").capacityType()).isEqualTo(CapacityType.EC2);
        }

        @ParameterizedTest
        @CsvSource({
            "other, 'container: got \"main\", wants one of the task definition''s containers: other'",
            "'', 'taskDefinition: got \"job\", which ECS does not know (ClientException: gone)'"
        })
        void whose_launch_cannot_be_asked_again_says_why(String container, String why) {
            world.answers(CapacityType.EC2, new LaunchAnswer.Unanswered("timed out"));
            world.send("m1", "{\"taskId\":\"t\",\"taskDefinition\":\"job\",\"container\":\"main\"}");
            world.undefined("job", new AwsFailure.Permanent("ClientException: gone"));
            if (!container.isEmpty()) {
                world.defined("job", Set.of("EC2", "FARGATE"), "awsvpc", container);
            }
            world.later(Duration.ofMinutes(1)).release("t");
            assertThat(world.launches).hasSize(1);
            assertThat(world.record("t").reason()).isEqualTo("AWS gave no answer for EC2 (" + why + "); asking again");
        }

        @Test
        void is_not_launched_before_its_time() {
            world.answers(CapacityType.EC2, new LaunchAnswer.Unanswered("timed out"));
            world.send("m1", TASK);
            assertThat(world.release("t")).isInstanceOf(Outcome.Answered.class);
            assertThat(world.launches).hasSize(1);
        }

        @Test
        void that_no_instance_has_room_for_asks_the_rest_of_its_chain() {
            world.answers(CapacityType.EC2, World.noRoom("RESOURCE:MEMORY"))
                    .answers(
                            CapacityType.FARGATE,
                            World.noRoom("Capacity is unavailable at this time."),
                            World.noRoom("Capacity is unavailable at this time."));
            world.send("m1", TASK);
            world.later(RefusalMemory.AGE).probe("t");
            assertThat(world.launches)
                    .extracting(Launch::capacityType)
                    .containsExactly(CapacityType.EC2, CapacityType.FARGATE, CapacityType.FARGATE);
            assertThat(world.record("t").reason())
                    .contains("no instance has as much free; the roomiest instance has 0 CPU units and 3584 MiB free");
        }

        @Test
        void is_told_when_it_is_not_CPU_or_memory_that_the_instances_lack() {
            world.answers(CapacityType.EC2, World.noRoom("RESOURCE:ENI"))
                    .answers(
                            CapacityType.FARGATE,
                            World.noRoom("Capacity is unavailable at this time."),
                            World.noRoom("Capacity is unavailable at this time."));
            world.send("m1", TASK);
            world.later(RefusalMemory.AGE).probe("t", new TaskSize(1_024, 3_584));
            assertThat(world.record("t").reason())
                    .contains("each instance has as many tasks as one of its type was seen to hold");
        }

        @Test
        void has_its_needs_read_anew() {
            world.undefined("job", new AwsFailure.Retryable("Rate exceeded", false));
            world.send("m1", TASK);
            assertThat(world.record("t").needs()).isNull();
            world.defined("job", Set.of("EC2"), "awsvpc")
                    .later(Timings.LOOK_AT_WAITING)
                    .release("t");
            assertThat(world.record("t").needs())
                    .isEqualTo(new TaskNeeds(new TaskSize(256, 512), false, List.of(CapacityType.EC2)));
        }

        @Test
        void that_two_releases_name_is_launched_once() {
            world.answers(CapacityType.EC2, World.noRoom("RESOURCE:MEMORY"))
                    .answers(CapacityType.FARGATE, World.noRoom("Capacity is unavailable at this time."));
            world.send("m1", TASK);
            world.release("t");
            world.release("t");
            assertThat(world.launches).hasSize(3);
        }
    }

    @Nested
    class A_newcomer {

        @Test
        void does_not_take_what_somebody_of_the_same_priority_waits_for() {
            world.answers(CapacityType.EC2, World.noRoom("RESOURCE:PORTS"));
            world.send("m1", "{\"taskId\":\"first\",\"taskDefinition\":\"job\",\"capacity\":[\"EC2\"]}");
            world.later(RefusalMemory.AGE);
            world.send("m2", "{\"taskId\":\"t\",\"taskDefinition\":\"job\",\"capacity\":[\"EC2_SPOT\"]}");
            assertThat(world.launches).hasSize(1);
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.WAITING);
            assertThat(world.record("t").reason())
                    .isEqualTo("EC2_SPOT is wanted by tasks that wait already, first the first of them");
        }

        @Test
        void of_a_higher_priority_goes_first() {
            world.answers(CapacityType.EC2, World.noRoom("RESOURCE:PORTS"));
            world.send("m1", "{\"taskId\":\"first\",\"taskDefinition\":\"job\",\"capacity\":[\"EC2\"]}");
            world.later(RefusalMemory.AGE);
            world.send("m2", "{\"taskId\":\"t\",\"taskDefinition\":\"job\",\"priority\":1}");
            assertThat(world.record("t").capacityType()).isEqualTo(CapacityType.EC2);
        }

        @Test
        void goes_on_along_its_chain_past_those_who_wait() {
            world.answers(CapacityType.EC2, World.noRoom("RESOURCE:PORTS"));
            world.send("m1", "{\"taskId\":\"first\",\"taskDefinition\":\"job\",\"capacity\":[\"EC2\"]}");
            world.later(RefusalMemory.AGE);
            world.send("m2", TASK);
            assertThat(world.record("t").capacityType()).isEqualTo(CapacityType.FARGATE);
            assertThat(world.record("t").launch()).isEqualTo(2);
        }

        @Test
        void is_not_held_back_by_one_that_cannot_run_there() {
            world.defined("job-on-bridge", Set.of("EC2"), "bridge")
                    .answers(CapacityType.EC2, World.noRoom("RESOURCE:MEMORY"));
            world.send("m1", "{\"taskId\":\"first\",\"taskDefinition\":\"job-on-bridge\"}");
            assertThat(world.record("first").needs())
                    .isEqualTo(new TaskNeeds(new TaskSize(256, 512), true, List.of(CapacityType.EC2)));
            world.later(RefusalMemory.AGE);
            world.send("m2", "{\"taskId\":\"t\",\"taskDefinition\":\"job\",\"capacity\":[\"FARGATE\"]}");
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.PLACED);
        }

        @Test
        void that_is_larger_than_anything_the_deployment_has_fails_at_once() {
            world.send("m1", "{\"taskId\":\"t\",\"taskDefinition\":\"job\",\"cpu\":9000,\"capacity\":[\"EC2\"]}");
            assertThat(world.record("t").status()).isEqualTo(TaskStatus.FAILED);
            assertThat(world.record("t").reason())
                    .startsWith("EC2 cannot run it: it needs 9000 CPU units")
                    .endsWith("the largest instance type has 8192 CPU units and 31000 MiB");
        }
    }

    @Test
    @DisplayName("an event that was faster than the answer of RunTask is not overwritten")
    void eventFirst() {
        world.duringLaunch(() -> {
            TaskRecord record = world.record("t");
            world.store.update(record.toBuilder()
                    .become(TaskStatus.RUNNING, world.now(), "running")
                    .taskArn("arn:task/t/1")
                    .build());
        });
        assertThat(world.send("m1", TASK)).isInstanceOf(Outcome.Placed.class);
        assertThat(world.record("t").status()).isEqualTo(TaskStatus.RUNNING);
        assertThat(world.stopped).isEmpty();
    }

    @Test
    @DisplayName("a place that comes after another launch has begun is given back")
    void strayOfAnOldLaunch() {
        world.duringLaunch(() -> {
            world.duringLaunch(() -> {});
            TaskRecord record = world.record("t");
            assertThat(world.store.update(record.toBuilder().launch(7).build()))
                    .isInstanceOf(TaskStore.Update.Updated.class);
        });
        world.send("m1", TASK);
        assertThat(world.stopped).containsExactly("arn:task/t/1");
    }
}
