package dev.spillway.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.HistoryEntry;
import dev.spillway.common.task.TaskRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spot Instances are taken back during a run, and nobody but the history notices. */
class SpotInterruptionTest {

    @Test
    void everyTaskEndsAsItDoesWithoutInterruptionAndSpendsNoAttempt() {
        SimulatedSystem quiet = run(1, 0);
        Worlds.withSeeds(3, seed -> {
            SimulatedSystem interrupted = run(seed, 2);
            assertThat(Worlds.ends(interrupted)).isEqualTo(Worlds.ends(quiet));
            assertThat(interrupted.overlaps()).isEmpty();
            assertThat(interrupted.instances()).hasSize(4);

            List<TaskRecord> lost = interrupted.records().stream()
                    .filter(record -> record.losses() > 0)
                    .toList();
            assertThat(lost).isNotEmpty().allSatisfy(SpotInterruptionTest::tellsItsStory);
            assertThat(interrupted.runs()).hasSize(quiet.runs().size() + lost.size());
        });
    }

    private static void tellsItsStory(TaskRecord record) {
        assertThat(record.losses()).isOne();
        assertThat(record.pastTaskArns()).hasSizeGreaterThanOrEqualTo(1);
        assertThat(record.history())
                .extracting(HistoryEntry::what)
                .anyMatch(line -> line.matches(
                        "lost to the infrastructure, no attempt spent: Host EC2 \\(instance i-\\w+\\) terminated\\."));
    }

    private static SimulatedSystem run(long seed, int interruptions) {
        SimulatedSystem system = Worlds.world()
                .seed(seed)
                .spot(4, Worlds.INSTANCE)
                .onDemand(2, Worlds.INSTANCE)
                .withoutFargate()
                .start();
        for (int i = 0; i < 60; i++) {
            Job job = Job.onEc2("task-" + i).runs(Duration.ofSeconds(240 + i));
            system.send((i % 5 == 0 ? job.exits(9).attempts(2, null) : job).json());
        }
        system.runFor(Duration.ofMinutes(1));
        assertThat(system.interruptSpot(interruptions)).hasSize(interruptions);
        system.runUntilAllEnded(Duration.ofHours(2));
        return system;
    }
}
