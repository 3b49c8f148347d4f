package dev.spillway.local.page.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskSize;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.cli.run.Records;
import dev.spillway.local.page.PageSource.TaskFilter;
import dev.spillway.local.page.TaskLine;
import dev.spillway.local.page.spend.PriceList;
import dev.spillway.local.page.spend.Prices;
import dev.spillway.local.page.spend.Spend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskLedgerTest {

    private static final Instant START = Records.SENT;
    private static final TaskFilter ANY = new TaskFilter(null, "", 10);

    /** One vCPU and 2 GB: $0.04937 an hour on Fargate. */
    private static final TaskNeeds NEEDS =
            new TaskNeeds(new TaskSize(1_024, 2_048), true, List.of(CapacityType.EC2, CapacityType.FARGATE));

    private static final double AN_HOUR = 0.04937;

    private final TaskLedger ledger = new TaskLedger(3, new PriceList(Prices.read()), Map.of());

    @Test
    void tasks_are_counted_by_status_and_by_what_they_are_on() {
        ledger.see(Records.running("a", CapacityType.EC2).build());
        ledger.see(Records.running("b", CapacityType.FARGATE).build());
        ledger.see(Records.waiting("c"));
        ledger.see(Records.succeeded("d"));

        assertThat(ledger.counts())
                .isEqualTo(Map.of(TaskStatus.RUNNING, 2, TaskStatus.WAITING, 1, TaskStatus.SUCCEEDED, 1));
        assertThat(ledger.onCapacity()).isEqualTo(Map.of(CapacityType.EC2, 1, CapacityType.FARGATE, 1));
    }

    @Test
    void writes_that_come_late_or_twice_change_nothing() {
        TaskRecord first = Records.accepted("a").build();
        TaskRecord second = Records.running("a", CapacityType.EC2).build();
        TaskRecord third = Records.succeeded("a");

        for (TaskRecord record : List.of(second, first, third, second, third)) {
            ledger.see(record);
        }

        assertThat(ledger.counts().get(TaskStatus.SUCCEEDED)).isOne();
        assertThat(ledger.counts().values()).allMatch(count -> count == 0 || count == 1);
        assertThat(ledger.onCapacity()).isEmpty();
        assertThat(ledger.newest(ANY)).extracting(TaskLine::status).containsExactly("SUCCEEDED");
    }

    @Test
    void the_oldest_wait_is_that_of_who_waits_now() {
        assertThat(ledger.oldestWait(START)).isZero();

        ledger.see(Records.waiting("a"));
        ledger.see(Records.running("b", CapacityType.EC2).build());

        assertThat(ledger.oldestWait(START.plusSeconds(90))).isEqualTo(Duration.ofSeconds(90));
        assertThat(ledger.oldestWait(START.minusSeconds(1))).isZero();
    }

    @Test
    void the_newest_come_first_and_can_be_chosen_by_status_and_by_the_beginning_of_their_id() {
        ledger.see(Records.waiting("new-1"));
        ledger.see(Records.succeeded("new-2"));
        ledger.see(Records.succeeded("old-1"));
        ledger.see(sentAt("newest", START.plusSeconds(60)));

        assertThat(ids(ANY)).containsExactly("newest", "new-1", "new-2", "old-1");
        assertThat(ids(new TaskFilter(null, "new-", 10))).containsExactly("new-1", "new-2");
        assertThat(ids(new TaskFilter(TaskStatus.SUCCEEDED, "", 10))).containsExactly("new-2", "old-1");
        assertThat(ids(new TaskFilter(null, "", 2))).containsExactly("newest", "new-1");
        assertThat(ids(new TaskFilter(null, "none", 10))).isEmpty();
    }

    @Test
    void ended_tasks_of_long_ago_are_counted_and_no_longer_listed() {
        List.of("a", "b", "c", "d", "e").forEach(id -> ledger.see(Records.succeeded(id)));
        ledger.see(Records.waiting("f"));

        assertThat(ledger.counts().get(TaskStatus.SUCCEEDED)).isEqualTo(5);
        assertThat(ids(ANY)).containsExactly("c", "d", "e", "f");
    }

    @Test
    void a_run_costs_from_its_placement_to_its_end_and_no_more_after_it() {
        Instant end = START.plus(Duration.ofHours(2));
        ledger.see(run("a", CapacityType.FARGATE, "arn-1", START, 2).build());
        assertThat(alone(START.plus(Duration.ofHours(1)))).isEqualTo(AN_HOUR, within(0.0001));

        TaskRecord ended = run("a", CapacityType.FARGATE, "arn-1", START, 2)
                .end(TaskStatus.SUCCEEDED, "done", end, Duration.ofDays(1))
                .version(3)
                .build();
        ledger.see(ended);
        ledger.see(ended.toBuilder()
                .note(end.plusSeconds(9), "a stray was stopped")
                .version(4)
                .build());

        Spend spend = ledger.spend(end.plus(Duration.ofHours(5)));
        assertThat(spend.fargate().dollars()).isEqualTo(2 * AN_HOUR, within(0.0001));
        assertThat(spend.fargateAlone()).isEqualTo(spend.fargate());
    }

    @Test
    void a_run_that_the_infrastructure_took_is_paid_for_too() {
        Instant lost = START.plus(Duration.ofHours(1));
        Instant again = lost.plus(Duration.ofMinutes(30));
        ledger.see(run("a", CapacityType.FARGATE, "arn-1", START, 2).build());
        ledger.see(run("a", CapacityType.FARGATE, "arn-1", START, 2)
                .become(TaskStatus.WAITING, lost, "lost")
                .leaveTask()
                .version(3)
                .build());
        ledger.see(run("a", CapacityType.EC2, "arn-2", again, 4).build());

        Spend spend = ledger.spend(again.plus(Duration.ofHours(1)));
        assertThat(spend.fargate().dollars()).isEqualTo(AN_HOUR, within(0.0001));
        assertThat(spend.fargateAlone().dollars()).isEqualTo(2 * AN_HOUR, within(0.0001));
    }

    @Test
    void a_task_that_was_never_placed_costs_nothing() {
        ledger.see(Records.waiting("a"));
        ledger.see(Records.rejected("b"));

        assertThat(ledger.spend(START.plusSeconds(3_600))).isEqualTo(Spend.NOTHING);
    }

    private static TaskRecord.Builder run(
            String taskId, CapacityType type, String arn, Instant placedAt, long version) {
        return Records.running(taskId, type)
                .needs(NEEDS)
                .taskArn(arn)
                .placedAt(placedAt)
                .version(version);
    }

    private static TaskRecord sentAt(String taskId, Instant at) {
        return TaskRecord.first(new TaskId(taskId), TaskStatus.LAUNCHING, at, at, "accepted")
                .version(1)
                .build();
    }

    private double alone(Instant now) {
        return ledger.spend(now).fargateAlone().dollars();
    }

    private List<String> ids(TaskFilter filter) {
        return ledger.newest(filter).stream().map(TaskLine::taskId).toList();
    }
}
