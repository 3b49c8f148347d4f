package dev.spillway.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.HistoryEntry;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.ecs.EventDisturbance.Faults;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The whole path of tasks in the mode ManagedScaling, in which ECS accepts what it has no instance for. */
class ProviderChainTest {

    private static final Duration WORK = Duration.ofMinutes(10);

    @Test
    void tasks_bring_the_instances_that_they_run_on_and_are_never_refused() {
        SimulatedSystem system = managed(5, 5).start();
        for (int i = 0; i < 8; i++) {
            system.send(Job.onEc2("task-" + i).runs(WORK).json());
        }
        system.runFor(Duration.ofSeconds(5));
        assertThat(Worlds.of(system, TaskRecord::reason))
                .containsOnly("accepted for EC2_SPOT; ECS has no instance for it yet");

        system.runUntilAllEnded(Duration.ofHours(1));
        assertThat(system.records()).allSatisfy(record -> {
            assertThat(record.status()).isEqualTo(TaskStatus.SUCCEEDED);
            assertThat(record.capacityType()).isEqualTo(CapacityType.EC2_SPOT);
            assertThat(record.launch()).isEqualTo(1);
        });
        assertThat(system.launches().refused()).isZero();
        system.runFor(Duration.ofMinutes(40));
        assertThat(system.instances()).isEmpty();
    }

    @Test
    void a_task_for_which_there_is_no_spot_instance_in_time_runs_on_demand_and_has_lost_nothing() {
        SimulatedSystem system = managed(0, 5).start();
        system.send(Job.onEc2("task").runs(WORK).json());
        system.runUntilAllEnded(Duration.ofHours(1));

        TaskRecord record = system.record("task");
        assertThat(record.status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(record.capacityType()).isEqualTo(CapacityType.EC2_ON_DEMAND);
        assertThat(record.attempt()).isEqualTo(1);
        assertThat(record.losses()).isZero();
        assertThat(record.history())
                .extracting(HistoryEntry::what)
                .containsSubsequence(
                        "accepted for EC2_SPOT; ECS has no instance for it yet",
                        "moves on: no instance of EC2_SPOT within PT5M",
                        "released; asking EC2_ON_DEMAND");
        assertThat(system.runs()).hasSize(1);
    }

    @Test
    void a_chain_is_gone_along_to_its_end_where_no_group_may_have_instances() {
        SimulatedSystem system = managed(0, 0).start();
        system.send(Job.anywhere("task").runs(WORK).json());
        system.runUntilAllEnded(Duration.ofHours(1));

        assertThat(system.record("task").status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(system.record("task").capacityType()).isEqualTo(CapacityType.FARGATE);
        assertThat(system.record("task").launch()).isEqualTo(3);
    }

    @Test
    void a_chain_that_has_room_nowhere_is_begun_anew_and_the_task_runs_when_there_is_some() {
        SimulatedSystem system = managed(0, 0).start();
        system.fargateAvailable(false);
        system.send(Job.anywhere("task").json());
        system.runFor(Duration.ofMinutes(30));
        assertThat(system.record("task").launch()).isGreaterThan(4);
        assertThat(system.runs()).isEmpty();

        system.fargateAvailable(true);
        system.runUntilAllEnded(Duration.ofMinutes(30));
        assertThat(system.record("task").status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(system.runs()).hasSize(1);
    }

    @Test
    void more_tasks_than_ECS_keeps_waiting_wait_in_the_line_and_all_run() {
        SimulatedSystem system = managed(40, 0).start();
        for (int i = 0; i < 620; i++) {
            system.send(Job.onEc2("task-" + i).capacity("EC2_SPOT").json());
        }
        system.runFor(Duration.ofMinutes(1));
        assertThat(system.records())
                .filteredOn(record -> record.status() == TaskStatus.WAITING)
                .hasSizeGreaterThan(100)
                .allSatisfy(record -> assertThat(record.reason()).contains("provisioning capacity limit exceeded"));

        system.runUntilAllEnded(Duration.ofHours(3));
        assertThat(Worlds.ends(system).values()).containsOnly("SUCCEEDED 0 attempt 1");
        assertThat(system.runs()).hasSize(620);
    }

    /** ECS gives each launch up after a while, and nothing counts them. */
    @Test
    void a_task_whose_only_group_may_have_no_instances_waits_for_hours_and_does_not_fail() {
        SimulatedSystem system = managed(0, 0).start();
        system.send(Job.onEc2("task").capacity("EC2_SPOT").json());
        system.runFor(Duration.ofHours(6));

        TaskRecord record = system.record("task");
        assertThat(record.status()).isIn(TaskStatus.PLACED, TaskStatus.WAITING);
        assertThat(record.launch()).isGreaterThan(5);
        assertThat(record.failedStarts() + record.losses()).isZero();
        assertThat(record.attempt()).isEqualTo(1);
    }

    @Test
    void a_wait_deadline_ends_the_wait_for_an_instance_too() {
        SimulatedSystem system = managed(0, 0).start();
        system.send(Job.onEc2("task")
                .capacity("EC2_ON_DEMAND")
                .waitDeadline(Duration.ofMinutes(7))
                .json());
        system.runFor(Duration.ofMinutes(9));

        assertThat(system.record("task").status()).isEqualTo(TaskStatus.FAILED);
        assertThat(system.record("task").reason())
                .isEqualTo("no place within PT7M: accepted for EC2_ON_DEMAND; ECS has no instance for it yet");
        assertThat(system.alive()).isEmpty();
    }

    @Test
    void lost_doubled_and_late_events_change_no_end_and_run_nothing_twice_at_once() {
        SimulatedSystem system = managed(2, 2)
                .eventFaults(new Faults(0.3, 0.3, Duration.ofSeconds(90)))
                .seed(7)
                .start();
        for (int i = 0; i < 30; i++) {
            system.send(Job.anywhere("task-" + i).runs(WORK).json());
        }
        system.runUntilAllEnded(Duration.ofHours(6));

        assertThat(Worlds.ends(system).values()).containsOnly("SUCCEEDED 0 attempt 1");
        assertThat(system.overlaps()).isEmpty();
    }

    private static SimulatedSystemBuilder managed(int spot, int onDemand) {
        return Worlds.world().managedScaling().groups(spot, onDemand);
    }
}
