package dev.spillway.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.driver.launch.InstanceProviders;
import dev.spillway.driver.launch.Launch;
import dev.spillway.driver.launch.LaunchAnswer;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Where capacity providers find the instances, and ECS accepts a task that it has none for. */
class ProvidersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String JOB = "{\"taskDefinition\": \"job\"}";

    private final World world = new World(new InstanceProviders("jobs-spot", "jobs-on-demand", PATIENCE));

    @Test
    void any_instance_means_spot_first_and_on_demand_next() {
        world.answers(CapacityType.EC2_SPOT, World.noRoom("the quota of tasks in PROVISIONING"))
                .send("m", JOB);
        assertThat(world.launches)
                .extracting(Launch::capacityType)
                .containsExactly(CapacityType.EC2_SPOT, CapacityType.EC2_ON_DEMAND);
        assertThat(world.record("m").needs())
                .extracting(TaskNeeds::capacity, InstanceOfAssertFactories.LIST)
                .containsExactly(CapacityType.EC2_SPOT, CapacityType.EC2_ON_DEMAND, CapacityType.FARGATE);
    }

    @Test
    void the_first_of_the_chain_is_no_spill_over() {
        assertThat(world.send("m", JOB))
                .isInstanceOfSatisfying(
                        Outcome.Placed.class,
                        placed -> assertThat(placed.spilledOver()).isFalse());
    }

    @Test
    void a_task_without_an_instance_says_so_and_is_due_at_the_end_of_patience() {
        world.send("m", JOB);
        TaskRecord record = world.record("m");
        assertThat(record.status()).isEqualTo(TaskStatus.PLACED);
        assertThat(record.reason()).isEqualTo("accepted for EC2_SPOT; ECS has no instance for it yet");
        assertThat(record.dueAt()).isEqualTo(world.now().plus(PATIENCE));
    }

    @Test
    void a_task_with_an_instance_is_placed_as_ever() {
        world.answers(CapacityType.EC2_SPOT, new LaunchAnswer.Placed("arn:task/m/1", "arn:instance"))
                .send("m", JOB);
        assertThat(world.record("m").reason()).isNull();
        assertThat(world.record("m").dueAt()).isEqualTo(world.now().plus(Duration.ofMinutes(5)));
    }

    @Test
    void at_the_end_of_the_chain_only_the_wait_deadline_bounds_how_long_ecs_may_look() {
        world.send("m", "{\"taskDefinition\": \"job\", \"capacity\": [\"EC2_ON_DEMAND\"], \"waitDeadline\": \"PT3M\"}");
        assertThat(world.record("m").dueAt()).isEqualTo(world.now().plus(Duration.ofMinutes(3)));
    }

    @Test
    void a_task_that_moved_on_asks_what_comes_next_and_the_whole_chain_after_that() {
        movedOnFrom(CapacityType.EC2_SPOT);
        world.answers(CapacityType.EC2_ON_DEMAND, World.noRoom("the quota of tasks in PROVISIONING"))
                .answers(CapacityType.FARGATE, World.noRoom("Capacity is unavailable at this time"))
                .release("m");
        assertThat(world.launches)
                .extracting(Launch::capacityType)
                .containsExactly(CapacityType.EC2_SPOT, CapacityType.EC2_ON_DEMAND, CapacityType.FARGATE);
        assertThat(world.record("m").status()).isEqualTo(TaskStatus.WAITING);
        assertThat(world.record("m").resumeAfter()).isNull();

        world.later(Duration.ofMinutes(1)).release("m");
        assertThat(world.launches).last().extracting(Launch::capacityType).isEqualTo(CapacityType.EC2_SPOT);
    }

    @Test
    void a_task_that_moved_on_and_finds_nothing_to_ask_begins_anew_next_time() {
        movedOnFrom(CapacityType.FARGATE);
        world.release("m");
        assertThat(world.launches).hasSize(1);
        assertThat(world.record("m").resumeAfter()).isNull();
        world.release("m");
        assertThat(world.launches).hasSize(2);
    }

    @Test
    void a_newcomer_is_not_held_back_by_those_that_wait_since_ecs_keeps_the_line() {
        world.answers(CapacityType.EC2_SPOT, World.noRoom("the quota of tasks in PROVISIONING"))
                .send("first", "{\"taskDefinition\": \"job\", \"capacity\": [\"EC2_SPOT\"]}");
        assertThat(world.record("first").status()).isEqualTo(TaskStatus.WAITING);
        world.later(Duration.ofSeconds(5)).send("second", JOB);
        assertThat(world.record("second").status()).isEqualTo(TaskStatus.PLACED);
        assertThat(world.record("second").capacityType()).isEqualTo(CapacityType.EC2_SPOT);
    }

    /** As task-state leaves it when ECS has had no instance for it within the patience. */
    private void movedOnFrom(CapacityType type) {
        world.send("m", JOB);
        TaskRecord placed = world.record("m");
        world.store.update(placed.toBuilder()
                .become(TaskStatus.WAITING, world.now(), "moves on")
                .leaveTask()
                .resumeAfter(type)
                .build());
    }
}
