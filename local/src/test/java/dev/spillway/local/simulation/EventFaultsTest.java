package dev.spillway.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.ecs.EventDisturbance.Faults;
import dev.spillway.local.ecs.StartupTimes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events that are lost, doubled and shuffled change when something is noticed, and never what happens. */
class EventFaultsTest {

    private static final int TASKS = 200;
    private static final Faults NONE = new Faults(0, 0, Duration.ZERO);
    private static final Faults BAD = new Faults(0.3, 0.3, Duration.ofMinutes(2));

    @Test
    void tasksOfAllKindsEndAsTheyDoWithoutFaults() {
        SimulatedSystem undisturbed = run(1, NONE);
        Map<String, String> ends = Worlds.ends(undisturbed);
        assertThat(ends).hasSize(TASKS);
        assertThat(ends.values())
                .containsOnly(
                        "SUCCEEDED 0 attempt 1",
                        "SUCCEEDED null attempt 1",
                        "FAILED 7 attempt 1",
                        "FAILED 3 attempt 3",
                        "FAILED 5 attempt 1",
                        "FAILED null attempt 2",
                        "TIMED_OUT null attempt 1",
                        "CANCELLED null attempt 1");
        Worlds.withSeeds(4, seed -> {
            SimulatedSystem system = run(seed, BAD);
            assertThat(Worlds.ends(system)).isEqualTo(ends);
            // An attempt that is counted twice can end in the same state, and yet was never made.
            assertThat(Worlds.runs(system)).isEqualTo(Worlds.runs(undisturbed));
            assertThat(system.overlaps()).isEmpty();
            assertThat(system.alive()).isEmpty();
            assertThat(system.undelivered()).isEmpty();
        });
    }

    private static SimulatedSystem run(long seed, Faults faults) {
        SimulatedSystem system = Worlds.world()
                .seed(seed)
                .spot(3, Worlds.INSTANCE)
                .onDemand(2, Worlds.INSTANCE)
                .startupTimes(new StartupTimes(Duration.ofSeconds(3), Duration.ofSeconds(40)))
                .eventFaults(faults)
                .start();
        for (int i = 0; i < TASKS; i++) {
            system.send(job(i).json());
            system.runFor(Duration.ofSeconds(2));
        }
        system.runFor(Duration.ofMinutes(10));
        for (int i = 0; i < TASKS; i++) {
            if (i % 10 == 8) {
                system.send(Job.cancel("task-" + i));
            }
        }
        system.runUntilAllEnded(Duration.ofHours(8));
        // What is still on its way must not change anything any more.
        system.runFor(Duration.ofHours(1));
        return system;
    }

    private static Job job(int number) {
        String taskId = "task-" + number;
        Duration some = Duration.ofSeconds(20 + number % 60);
        return switch (number % 10) {
            case 0, 1 -> Job.onEc2(taskId).runs(some);
            case 2 -> Job.anywhere(taskId).runs(some);
            case 3 -> Job.anywhere(taskId).runs(some).exits(7);
            case 4 -> Job.onEc2(taskId).runs(some).exits(3).attempts(3, 5);
            case 5 -> Job.onEc2(taskId).runs(some).exits(5).attempts(3, 5);
            case 6 -> Job.function(taskId, Worlds.GOOD_FUNCTION);
            case 7 -> Job.function(taskId, Worlds.BAD_FUNCTION).attempts(2, null);
            case 8 -> Job.anywhere(taskId).runs(Duration.ofHours(20));
            default -> Job.anywhere(taskId).runs(Duration.ofHours(20)).timeout(Duration.ofMinutes(3));
        };
    }

    @Test
    void aTaskOfWhichEveryEventIsLostIsFoundByTheSweep() {
        SimulatedSystem system = Worlds.world()
                .spot(1, Worlds.INSTANCE)
                .eventFaults(new Faults(1, 0, Duration.ZERO))
                .start();
        system.send(Job.onEc2("unheard").json());
        system.runFor(Duration.ofMinutes(7));
        assertThat(system.record("unheard"))
                .returns(TaskStatus.SUCCEEDED, TaskRecord::status)
                .returns(1, TaskRecord::attempt)
                .returns(0, TaskRecord::losses);
    }
}
