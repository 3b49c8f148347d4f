package dev.spillway.local.cli.record;

import static dev.spillway.local.cli.run.Records.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.store.InMemoryTaskStore;
import dev.spillway.common.store.TaskIndex.Summary;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.cli.run.Records;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskListTest {

    private static final List<TaskStatus> ALL = List.of(TaskStatus.values());

    private final InMemoryTaskStore store = new InMemoryTaskStore();

    @BeforeEach
    void fill() {
        store.create(Records.rejected("rejected"));
        store.create(Records.running("running", CapacityType.EC2).build());
        store.create(Records.failed("failed"));
    }

    @Test
    void showsTheLastUpdatedOfAllStatusesFirst() {
        assertThat(ids(TaskList.newest(store, ALL, 50))).containsExactly("failed", "running", "rejected");
        assertThat(ids(TaskList.newest(store, ALL, 2))).containsExactly("failed", "running");
        assertThat(ids(TaskList.newest(store, List.of(TaskStatus.RUNNING), 50))).containsExactly("running");
    }

    @Test
    void showsATaskOnceThatMovesWhileTheStatusesAreAsked() {
        store.create(Records.waiting("moves"));
        List<TaskStatus> twice = List.of(TaskStatus.WAITING, TaskStatus.WAITING);

        assertThat(ids(TaskList.newest(store, twice, 50))).containsExactly("moves");
    }

    @Test
    void isATable() {
        assertThat(TaskList.lines(TaskList.newest(store, ALL, 50), SENT, ZoneOffset.UTC, 100))
                .containsExactly(
                        "Task      Status    Capacity type  Updated   Reason",
                        "--------  --------  -------------  --------  -----------------",
                        "failed    FAILED    EC2            10:00:05  exit code 3",
                        "running   RUNNING   EC2            10:00:02",
                        "rejected  REJECTED  –              10:00:01  comand: not known");
    }

    @Test
    void saysTheDateOfWhatWasNotToday() {
        assertThat(TaskList.lines(TaskList.newest(store, ALL, 1), SENT.plus(Duration.ofDays(1)), ZoneOffset.UTC, 100))
                .last()
                .asString()
                .contains("2026-11-01 10:00  exit code 3");
    }

    private static List<String> ids(List<Summary> tasks) {
        return tasks.stream().map(Summary::taskId).map(TaskId::value).toList();
    }
}
