package dev.spillway.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.ecs.EventDisturbance.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatedSystemTest {

    @Test
    void eachKindOfTaskRunsToItsEnd() {
        SimulatedSystem system = Worlds.world().spot(1, Worlds.INSTANCE).start();
        system.send(Job.onEc2("good").json());
        system.send(Job.onEc2("bad").exits(7).json());
        system.send(Job.anywhere("large").size(4_096, 8_192).json());
        system.send(Job.function("function", Worlds.GOOD_FUNCTION).json());
        system.send("{\"taskId\":\"wrong\",\"taskDefinition\":\"spillway-on-ec2\",\"cpus\":1}");

        system.runUntilAllEnded(Duration.ofMinutes(10));

        assertThat(system.record("good"))
                .returns(TaskStatus.SUCCEEDED, TaskRecord::status)
                .returns(CapacityType.EC2, TaskRecord::capacityType)
                .returns(SimulatedSystem.START.plusSeconds(60), TaskRecord::stoppedAt);
        assertThat(system.record("bad"))
                .returns(TaskStatus.FAILED, TaskRecord::status)
                .returns(7, TaskRecord::exitCode);
        assertThat(system.record("large"))
                .returns(TaskStatus.SUCCEEDED, TaskRecord::status)
                .returns(CapacityType.FARGATE, TaskRecord::capacityType);
        assertThat(system.record("function"))
                .returns(TaskStatus.SUCCEEDED, TaskRecord::status)
                .returns(CapacityType.LAMBDA, TaskRecord::capacityType);
        assertThat(system.record("wrong")).returns(TaskStatus.REJECTED, TaskRecord::status);
        assertThat(system.deadLetters()).hasSize(1);
        assertThat(system.undelivered()).isEmpty();
        assertThat(system.launches()).isEqualTo(new LaunchStatistics(4, 3, 1));
    }

    @Test
    void the_metrics_of_the_functions_are_in_cloudwatch() {
        SimulatedSystem system = Worlds.world().spot(1, Worlds.INSTANCE).start();
        system.send(Job.onEc2("one").json());
        system.send(Job.onEc2("other").json());
        system.runUntilAllEnded(Duration.ofMinutes(10));

        assertThat(system.cloudWatch()
                        .series(
                                "Spillway",
                                "TasksPlacedEc2",
                                Map.of("Service", "spillway-driver"),
                                "Sum",
                                SimulatedSystem.START,
                                system.now(),
                                Duration.ofMinutes(10))
                        .values())
                .containsExactly(2.0);
        assertThat(system.cloudWatch()
                        .client()
                        .listMetrics(r -> r.dimensions(d -> d.name("Service").value("spillway-task-state")))
                        .metrics())
                .isNotEmpty();
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        assertThat(history(5)).isEqualTo(history(5)).isNotEqualTo(history(6));
    }

    private static List<String> history(long seed) {
        SimulatedSystem system = Worlds.world()
                .seed(seed)
                .spot(3, Worlds.INSTANCE)
                .withoutFargate()
                .eventFaults(new Faults(0.2, 0.2, Duration.ofSeconds(30)))
                .start();
        for (int i = 0; i < 60; i++) {
            system.send(Job.onEc2("task-" + i).runs(Duration.ofSeconds(30 + i)).json());
        }
        system.runFor(Duration.ofMinutes(2));
        system.interruptSpot(1);
        system.runUntilAllEnded(Duration.ofHours(2));
        return Worlds.of(system, record -> record.taskId() + " " + record.history() + record.pastTaskArns());
    }

    @Test
    void aRunThatDoesNotEndNamesItsSeedAndWhoIsLeft() {
        SimulatedSystem system = Worlds.world().seed(42).withoutFargate().start();
        system.send(Job.anywhere("left").json());
        assertThatThrownBy(() -> system.runUntilAllEnded(Duration.ofMinutes(5)))
                .hasMessageContaining("seed 42")
                .hasMessageContaining("left is WAITING");
    }
}
