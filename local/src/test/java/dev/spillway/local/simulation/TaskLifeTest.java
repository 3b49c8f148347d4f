package dev.spillway.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.HistoryEntry;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.common.task.Timings;
import dev.spillway.local.ecs.EventDisturbance.Faults;
import dev.spillway.local.ecs.StartupTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can happen to one task between its message and its end. */
class TaskLifeTest {

    private static final Duration LONG = Duration.ofHours(5);

    /** The sweep runs each minute. */
    private static final Duration SWEEP = Duration.ofMinutes(1);

    @Test
    void aTaskThatRunsBeyondItsTimeoutIsStopped() {
        SimulatedSystem system = Worlds.world().spot(1, Worlds.INSTANCE).start();
        system.send(Job.onEc2("slow").runs(LONG).timeout(Duration.ofMinutes(2)).json());
        system.runFor(Duration.ofMinutes(1));
        assertThat(system.alive()).containsKey("slow");

        system.runFor(Duration.ofMinutes(1).plus(SWEEP));

        assertThat(system.record("slow"))
                .returns(TaskStatus.TIMED_OUT, TaskRecord::status)
                .returns("timed out after PT2M", TaskRecord::reason);
        assertThat(system.alive()).isEmpty();
        assertThatEverythingIsFree(system);
    }

    @Test
    void aTaskThatWaitsBeyondItsDeadlineFailsWithTheShortfall() {
        SimulatedSystem system =
                Worlds.world().spot(1, Worlds.INSTANCE).withoutFargate().start();
        for (int i = 0; i < Worlds.PER_INSTANCE; i++) {
            system.send(Job.onEc2("long-" + i).runs(LONG).json());
        }
        system.send(Job.onEc2("patient").json());
        system.send(Job.onEc2("impatient").waitDeadline(Duration.ofMinutes(5)).json());
        system.runFor(Duration.ofMinutes(5).plus(SWEEP));

        assertThat(system.record("impatient")).returns(TaskStatus.FAILED, TaskRecord::status);
        assertThat(system.record("impatient").reason())
                .contains("no place within PT5M")
                .contains("512 CPU units and 1024 MiB")
                .contains("0 CPU units");
        assertThat(system.record("patient")).returns(TaskStatus.WAITING, TaskRecord::status);
    }

    @Test
    void aFailedJobRunsAgainAfterAPauseThatGrows() {
        SimulatedSystem system = Worlds.world().spot(1, Worlds.INSTANCE).start();
        Duration each = Duration.ofSeconds(30);
        system.send(Job.onEc2("again").runs(each).exits(3).attempts(4, null).json());
        system.runUntilAllEnded(Duration.ofMinutes(10));

        List<Instant> starts = system.runs().stream().map(Run::startedAt).toList();
        assertThat(starts).hasSize(4);
        for (int i = 1; i < starts.size(); i++) {
            Duration pause = Duration.between(starts.get(i - 1).plus(each), starts.get(i));
            Duration whole = Duration.ofSeconds(10L << (i - 1));
            assertThat(pause).isBetween(whole.dividedBy(2), whole.plusSeconds(1));
        }
        assertThat(system.record("again"))
                .returns(TaskStatus.FAILED, TaskRecord::status)
                .returns(4, TaskRecord::attempt)
                .returns(3, TaskRecord::exitCode);
    }

    /** Where events arrive, they tell of a task that the record does not know; where none does, the launch is replayed. */
    @ParameterizedTest
    @CsvSource({"CRASH_BEFORE, 0", "CRASH_BEFORE, 1", "CRASH_AFTER, 0", "CRASH_AFTER, 1"})
    void aLaunchWhoseDriverCrashedIsTakenUpAndStartsOneTask(LaunchFault crash, double lostEvents) {
        SimulatedSystem system = Worlds.world()
                .spot(2, Worlds.INSTANCE)
                .eventFaults(new Faults(lostEvents, 0, Duration.ZERO))
                .start();
        system.failNextLaunch(crash);
        system.send(Job.onEc2("crashed").runs(LONG).json());
        // Before the message comes again, which is after six minutes.
        system.runFor(Timings.LEASE.plus(SWEEP));

        assertThat(system.placedEcsTasks()).isOne();
        assertThat(system.record("crashed").status().isOnCapacity()).isTrue();
        assertThat(system.record("crashed")).returns(1, TaskRecord::launch).returns(1, TaskRecord::attempt);
        system.runFor(Timings.RECONCILE.plus(SWEEP));
        assertThat(system.record("crashed")).returns(TaskStatus.RUNNING, TaskRecord::status);
        assertThat(system.placedEcsTasks()).isOne();
        assertThat(system.deadLetters()).isEmpty();
    }

    @Test
    void aTaskThatStartsAlthoughRunTaskSaidNoIsStoppedAsAStray() {
        SimulatedSystem system = Worlds.world().spot(1, Worlds.INSTANCE).start();
        system.failNextLaunch(LaunchFault.REFUSED_BUT_STARTED);
        system.send(Job.anywhere("twice").runs(Duration.ofMinutes(10)).json());
        system.runFor(Duration.ofMinutes(1));

        assertThat(system.placedEcsTasks()).isEqualTo(2);
        assertThat(system.alive()).containsOnlyKeys("twice");
        assertThat(system.alive().get("twice")).hasSize(1);
        assertThat(system.record("twice"))
                .returns(TaskStatus.RUNNING, TaskRecord::status)
                .returns(CapacityType.FARGATE, TaskRecord::capacityType);
        assertThat(history(system, "twice")).anyMatch(line -> line.contains("already runs as another one"));
        system.runUntilAllEnded(Duration.ofMinutes(15));
        assertThat(system.record("twice")).returns(TaskStatus.SUCCEEDED, TaskRecord::status);
    }

    @Test
    void aTaskIsCancelledInEveryStatus() {
        SimulatedSystem system = Worlds.world()
                .spot(1, Worlds.INSTANCE)
                .startupTimes(new StartupTimes(Duration.ZERO, Duration.ofMinutes(1)))
                .start();
        system.send(Job.cancel("not-yet-sent"));
        system.failNextLaunch(LaunchFault.CRASH_BEFORE);
        system.send(Job.onEc2("launching").runs(LONG).json());
        system.runFor(Duration.ofSeconds(1));
        system.failNextLaunch(LaunchFault.CRASH_AFTER);
        system.send(
                Job.onEc2("launched-unknown").runs(LONG).capacity("EC2_SPOT").json());
        system.runFor(Duration.ZERO);
        system.send(Job.onEc2("running").runs(LONG).json());
        system.send(Job.onEc2("retried")
                .runs(Duration.ofSeconds(5))
                .exits(1)
                .attempts(5, null)
                .json());
        system.send(Job.anywhere("placed").capacity("FARGATE").json());
        system.send(Job.function("function", Worlds.GOOD_FUNCTION).json());
        system.send(Job.onEc2("waiting").capacity("EC2_ON_DEMAND").json());
        system.send(Job.onEc2("ended").runs(Duration.ofSeconds(2)).json());
        system.runFor(Duration.ofSeconds(6));
        assertThat(statuses(system))
                .containsEntry("not-yet-sent", TaskStatus.CANCELLED)
                .containsEntry("launching", TaskStatus.LAUNCHING)
                .containsEntry("running", TaskStatus.RUNNING)
                .containsEntry("retried", TaskStatus.WAITING)
                .containsEntry("placed", TaskStatus.PLACED)
                .containsEntry("function", TaskStatus.PLACED)
                .containsEntry("waiting", TaskStatus.WAITING)
                .containsEntry("ended", TaskStatus.SUCCEEDED);

        // The second cancel finds nothing to do.
        for (String taskId : List.copyOf(statuses(system).keySet())) {
            system.send(Job.cancel(taskId));
            system.send(Job.cancel(taskId));
        }
        system.send(Job.onEc2("not-yet-sent").json());
        system.runFor(Duration.ofMinutes(20));

        assertThat(statuses(system)).containsEntry("ended", TaskStatus.SUCCEEDED);
        assertThat(statuses(system).entrySet())
                .filteredOn(task -> !task.getKey().equals("ended"))
                .allMatch(task -> task.getValue() == TaskStatus.CANCELLED);
        assertThat(system.runs()).extracting(Run::taskId).doesNotContain("not-yet-sent", "launching", "waiting");
        assertThat(system.alive()).isEmpty();
        assertThat(system.deadLetters()).isEmpty();
        assertThatEverythingIsFree(system);
    }

    private static Map<String, TaskStatus> statuses(SimulatedSystem system) {
        return system.records().stream()
                .collect(Collectors.toMap(record -> record.taskId().value(), TaskRecord::status));
    }

    private static List<String> history(SimulatedSystem system, String taskId) {
        return system.record(taskId).history().stream().map(HistoryEntry::what).toList();
    }

    private static void assertThatEverythingIsFree(SimulatedSystem system) {
        assertThat(system.instances())
                .allSatisfy(instance ->
                        assertThat(instance.remainingResources()).isEqualTo(instance.registeredResources()));
    }
}
