package dev.spillway.common.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskRecordTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    @ParameterizedTest
    @EnumSource(
            value = TaskStatus.class,
            names = {"SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED"})
    void anEndIsTheEnd(TaskStatus end) {
        for (TaskStatus next : TaskStatus.values()) {
            assertThat(end.canBecome(next)).as("%s to %s", end, next).isFalse();
        }
    }

    @Test
    void aRunningTaskIsNeverMerelyPlacedOrLaunchingAgain() {
        assertThat(Set.of(TaskStatus.PLACED, TaskStatus.LAUNCHING, TaskStatus.REJECTED))
                .noneMatch(TaskStatus.RUNNING::canBecome);
        TaskRecord running = record(TaskStatus.RUNNING, null, null);
        assertThatThrownBy(() -> running.toBuilder().become(TaskStatus.PLACED, NOON, "no"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("task t cannot go from RUNNING to PLACED");
    }

    @Test
    void theHistoryKeepsItsFirstLineAndTheNewest() {
        TaskRecord.Builder builder = record(TaskStatus.WAITING, null, null).toBuilder();
        for (int i = 1; i <= 2 * TaskRecord.MAX_HISTORY; i++) {
            builder.note(NOON, "line " + i);
        }
        List<HistoryEntry> history = builder.build().history();
        assertThat(history).hasSize(TaskRecord.MAX_HISTORY);
        assertThat(history.getFirst().what()).isEqualTo("begun");
        assertThat(history.getLast().what()).isEqualTo("line " + 2 * TaskRecord.MAX_HISTORY);
    }

    @Test
    void aTaskThatIsLeftIsStillKnown() {
        TaskRecord left = record(TaskStatus.RUNNING, null, null).toBuilder()
                .taskArn("arn:1")
                .leaveTask()
                .build();
        assertThat(left.taskArn()).isNull();
        assertThat(left.knows("arn:1")).isTrue();
        assertThat(left.knows("arn:2")).isFalse();
    }

    @Test
    void anEndSetsWhatAnEndNeeds() {
        TaskRecord ended = record(TaskStatus.LAUNCHING, null, null).toBuilder()
                .claim("c")
                .dueAt(NOON)
                .end(TaskStatus.FAILED, "why", NOON.plusSeconds(5), Duration.ofDays(1))
                .build();
        assertThat(ended.dueAt()).isNull();
        assertThat(ended.claim()).isNull();
        assertThat(ended.stoppedAt()).isEqualTo(NOON.plusSeconds(5));
        assertThat(ended.expiresAt()).isEqualTo(NOON.plusSeconds(5).plus(Duration.ofDays(1)));
        assertThat(ended.updatedAt()).isEqualTo(NOON.plusSeconds(5));
    }

    @Test
    void retriesDoubleUpToTenMinutesWithAtMostHalfOfItByChance() {
        for (int attempt = 1; attempt <= RetryPolicy.MAX_ATTEMPTS; attempt++) {
            TaskRecord record = record(TaskStatus.RUNNING, null, null).toBuilder()
                    .attempt(attempt)
                    .build();
            Duration whole = Duration.ofSeconds(Math.min(600, 10L << (attempt - 1)));
            assertThat(Timings.retryDelay(record)).isBetween(whole.dividedBy(2), whole);
        }
    }

    @Test
    void tasksThatWereThrottledTogetherDoNotComeBackTogether() {
        Set<Duration> delays = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            TaskRecord record = TaskRecord.first(new TaskId("task-" + i), TaskStatus.LAUNCHING, NOON, NOON, "begun")
                    .launch(1)
                    .build();
            Duration delay = Timings.backoff(record);
            assertThat(delay).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(45));
            delays.add(delay);
        }
        assertThat(delays).hasSizeGreaterThan(50);
    }

    @Test
    void deadlinesCountFromTheWishForAPlaceAndFromTheStart() {
        TaskRecord record = record(TaskStatus.RUNNING, Duration.ofMinutes(5), Duration.ofMinutes(7));
        assertThat(Timings.runDeadline(record)).isEqualTo(Instant.MAX);
        assertThat(Timings.runDeadline(record.toBuilder().startedAt(NOON).build()))
                .isEqualTo(NOON.plus(Duration.ofMinutes(5)));
        assertThat(Timings.waitDeadline(
                        record.toBuilder().waitingSince(NOON.plusSeconds(60)).build()))
                .isEqualTo(NOON.plus(Duration.ofMinutes(8)));
        assertThat(Timings.waitDeadline(record(TaskStatus.WAITING, null, null))).isEqualTo(Instant.MAX);
    }

    @Test
    void secretsAreNotInTheTextOfARecord() {
        assertThat(record(TaskStatus.WAITING, null, null).toString()).doesNotContain("hunter2");
    }

    private static TaskRecord record(TaskStatus status, @Nullable Duration timeout, @Nullable Duration waitDeadline) {
        ContainerWork work = new ContainerWork(
                "job",
                null,
                List.of("login", "hunter2"),
                Map.of("PASSWORD", "hunter2"),
                null,
                null,
                Placement.ANYWHERE,
                Map.of());
        TaskRequest request = new TaskRequest(
                new TaskId("t"),
                work,
                new FunctionWork("fn", "\"hunter2\""),
                List.of(CapacityType.EC2),
                0,
                RetryPolicy.NONE,
                timeout,
                waitDeadline);
        return TaskRecord.first(new TaskId("t"), status, NOON, NOON, "begun")
                .request(request)
                .build();
    }
}
