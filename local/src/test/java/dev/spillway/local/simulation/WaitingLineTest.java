package dev.spillway.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.ecs.EventDisturbance.Faults;
import dev.spillway.local.ecs.StartupTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Those who wait: in which order they start, what starts them, and what that costs in refusals. */
class WaitingLineTest {

    private static final int PLACES = 20;

    /**
     * The first twenty find room when they come. All others wait, and start in the order of the line: whoever starts
     * after somebody has a lower priority, or the same and was sent later.
     *
     * <p>That holds exactly here, because the simulated release queue hands out in the order of arrival. SQS promises no
     * order, so on AWS those whom one moment releases together may change places among themselves.
     */
    @ParameterizedTest
    @CsvSource({
        // All end in the same second, at different times, with late events, and where only the fallback is hopeless.
        "60, 0, 0, EC2",
        "30, 60, 0, EC2",
        "30, 60, 2, EC2",
        "30, 60, 0, DEFAULT",
    })
    void aThousandTasksStartByPriorityAndThenByAge(int seconds, int spread, int eventDelay, String chain) {
        startInOrder(1_000, Worlds.ON_EC2, Worlds.PER_INSTANCE, seconds, spread, eventDelay, chain);
    }

    /** Network interfaces and ports are not in CPU and memory, of which the instances have much more than is used. */
    @ParameterizedTest
    @CsvSource({
        Worlds.OWN_NETWORK + ", 2, 60, 0, 0, EC2",
        Worlds.OWN_NETWORK + ", 2, 30, 60, 0, EC2",
        Worlds.OWN_NETWORK + ", 2, 30, 60, 2, EC2",
        Worlds.OWN_NETWORK + ", 2, 30, 60, 0, DEFAULT",
        Worlds.HOST_PORT + ", 1, 60, 0, 0, EC2",
        Worlds.HOST_PORT + ", 1, 30, 60, 0, EC2",
        Worlds.HOST_PORT + ", 1, 30, 60, 2, EC2",
        Worlds.HOST_PORT + ", 1, 30, 60, 0, DEFAULT",
    })
    void soDoThoseOfWhomAnInstanceHoldsFewerThanItsSizeWould(
            String definition, int perInstance, int seconds, int spread, int eventDelay, String chain) {
        startInOrder(400, definition, perInstance, seconds, spread, eventDelay, chain);
    }

    private static void startInOrder(
            int tasks, String definition, int perInstance, int seconds, int spread, int eventDelay, String chain) {
        SimulatedSystem system = Worlds.world()
                .spot(PLACES / perInstance, Worlds.INSTANCE)
                .withoutFargate()
                .startupTimes(new StartupTimes(Duration.ofSeconds(2), Duration.ofSeconds(30)))
                .eventFaults(new Faults(0, 0, Duration.ofSeconds(eventDelay)))
                .start();
        for (int i = 0; i < tasks; i++) {
            Job job = Job.of("task-" + i, definition)
                    .priority(10 * (i % 3))
                    .runs(Duration.ofSeconds(seconds + (spread == 0 ? 0 : i * 31 % spread)));
            system.send((chain.equals("DEFAULT") ? job : job.capacity(chain)).json());
            system.runFor(Duration.ofMillis(10));
        }
        assertThat(Worlds.of(system, TaskRecord::status)).doesNotContain(TaskStatus.SUCCEEDED);

        system.runUntilAllEnded(Duration.ofHours(3));

        List<TaskRecord> starts =
                system.runs().stream().map(run -> system.record(run.taskId())).toList();
        assertThat(starts).hasSize(tasks).allMatch(record -> record.status() == TaskStatus.SUCCEEDED);
        assertThat(starts.subList(PLACES, tasks))
                .isSortedAccordingTo(Comparator.comparing((TaskRecord record) ->
                                -Objects.requireNonNull(record.request()).priority())
                        .thenComparing(TaskRecord::createdAt));
        assertThat(system.launches().refused())
                .as("refusals: %s", system.launches())
                .isLessThan(tasks / 10);
        assertThat(system.overlaps()).isEmpty();
    }

    @Test
    void anInstanceThatJoinsStartsThoseWhoWait() {
        SimulatedSystem system = Worlds.world().withoutFargate().start();
        for (int i = 0; i < 6; i++) {
            system.send(Job.onEc2("task-" + i).json());
        }
        system.runFor(Duration.ofSeconds(30));
        assertThat(Worlds.of(system, TaskRecord::status)).containsOnly(TaskStatus.WAITING);
        assertThat(Worlds.of(system, TaskRecord::reason))
                .allSatisfy(reason -> assertThat(reason).contains("No Container Instances were found"));

        system.addInstance(Worlds.INSTANCE, SimulatedSystem.SPOT);
        Instant joined = system.now();
        system.runFor(Duration.ofSeconds(1));

        assertThat(system.runs()).extracting(Run::taskId).containsExactly("task-0", "task-1", "task-2", "task-3");
        assertThat(system.runs()).allMatch(run -> run.startedAt().equals(joined));
        system.runUntilAllEnded(Duration.ofMinutes(10));
    }

    /** One job that is too large, or wants a kind of instance that there is not, must not make all others wait or spill over. */
    @Test
    void newcomersGoPastThoseThatNoInstanceCouldHold() {
        SimulatedSystem system = Worlds.world().spot(1, Worlds.INSTANCE).start();
        system.send(Job.onEc2("huge").size(4_096, 16_384).capacity("EC2").json());
        system.send(Job.onEc2("on-demand").capacity("EC2_ON_DEMAND").json());
        system.runFor(Duration.ofMinutes(2));

        // As many network interfaces as the instance has.
        for (int i = 0; i < 2; i++) {
            system.send(Job.anywhere("small-" + i).runs(Duration.ofMinutes(5)).json());
            system.runFor(Duration.ofSeconds(2));
        }

        assertThat(system.records())
                .filteredOn(record -> record.taskId().value().startsWith("small-"))
                .hasSize(2)
                .allMatch(record -> record.capacityType() == CapacityType.EC2, "on the instance");
        assertThat(system.record("huge").history())
                .anyMatch(line -> line.what().contains("none of the instances could hold it"));

        system.addInstance("m5.2xlarge", SimulatedSystem.SPOT);
        system.runFor(Duration.ofSeconds(30));
        assertThat(system.runs()).extracting(Run::taskId).contains("huge");
        assertThat(system.record("huge").givesWay()).isFalse();
    }

    @Test
    void theSweepMakesUpForReleasesThatWereLost() {
        SimulatedSystem system =
                Worlds.world().spot(1, Worlds.INSTANCE).withoutFargate().start();
        system.loseReleases(true);
        for (int i = 0; i < 8; i++) {
            system.send(Job.onEc2("task-" + i).runs(Duration.ofSeconds(90)).json());
        }
        system.runFor(Duration.ofMinutes(10));
        assertThat(system.runs()).hasSize(4);

        system.loseReleases(false);
        system.runFor(Duration.ofMinutes(1));
        assertThat(system.runs()).hasSize(8);
        system.runUntilAllEnded(Duration.ofMinutes(10));
    }

    @Test
    void whoeverCanUseFargateStartsThereWhenItHasRoomAgain() {
        SimulatedSystem system =
                Worlds.world().spot(1, Worlds.INSTANCE).withoutFargate().start();
        for (int i = 0; i < 4; i++) {
            system.send(Job.onEc2("long-" + i)
                    .runs(Duration.ofHours(2))
                    .capacity("EC2")
                    .json());
        }
        for (int i = 0; i < 15; i++) {
            system.send(Job.anywhere("waits-" + i).json());
        }
        system.runFor(Duration.ofMinutes(30));
        int refusedBefore = system.launches().refused();
        // One call a minute finds out for all.
        assertThat(refusedBefore).isLessThan(40);
        assertThat(system.record("waits-0").reason())
                .contains("EC2 has no room for 512 CPU units and 1024 MiB")
                .contains("FARGATE has no room");

        system.fargateAvailable(true);
        system.runFor(Duration.ofMinutes(5));
        assertThat(Worlds.ends(system).entrySet())
                .filteredOn(end -> end.getKey().startsWith("waits-"))
                .hasSize(15)
                .allMatch(end -> end.getValue().startsWith("SUCCEEDED"));
    }

    @Test
    void aLargeTaskIsNotStarvedBySmallOnes() {
        SimulatedSystem system =
                Worlds.world().spot(2, Worlds.INSTANCE).withoutFargate().start();
        for (int i = 0; i < 8; i++) {
            system.send(Job.onEc2("first-" + i)
                    .runs(Duration.ofSeconds(60 + 10 * i))
                    .json());
        }
        system.send(Job.onEc2("large").size(2_048, 4_096).json());
        for (int i = 0; i < 40; i++) {
            system.send(Job.onEc2("small-" + i).runs(Duration.ofSeconds(60 + i)).json());
        }
        system.runUntilAllEnded(Duration.ofHours(1));

        // An instance empties itself for it, and the small ones go on on the other one meanwhile.
        assertThat(system.runs().stream().map(Run::taskId).toList().indexOf("large"))
                .isBetween(8, 20);
    }
}
