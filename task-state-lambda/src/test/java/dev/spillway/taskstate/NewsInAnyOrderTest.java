package dev.spillway.taskstate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.taskstate.event.TaskChange;
import dev.spillway.taskstate.stop.StopJudgement;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Events come at least once and in any order (ECS developer guide, "Amazon ECS events"). */
class NewsInAnyOrderTest {

    private static final TaskRequest TWICE = Records.request("t", 2, null, null, 0);

    private final Moves moves = new Moves(new StopJudgement(10), new Consequences(Duration.ofDays(14)));

    /** What one run can end with, and the status and attempt that this leaves. */
    enum End {
        SUCCESS(Records.exited(Records.ARN, 0), TaskStatus.SUCCEEDED, 1),
        FAILURE(Records.exited(Records.ARN, 1), TaskStatus.WAITING, 2),
        PERSON(Records.stopped(Records.ARN, "UserInitiated", "enough"), TaskStatus.FAILED, 1),
        TIMEOUT(Records.stopped(Records.ARN, "UserInitiated", "spillway: timed out"), TaskStatus.TIMED_OUT, 1),
        INTERRUPTION(Records.interrupted(Records.ARN), TaskStatus.WAITING, 1),
        NO_IMAGE(Records.stopped(Records.ARN, "TaskFailedToStart", "CannotPull"), TaskStatus.WAITING, 1);

        private final TaskChange stop;
        private final TaskStatus status;
        private final int attempt;

        End(TaskChange stop, TaskStatus status, int attempt) {
            this.stop = stop;
            this.status = status;
            this.attempt = attempt;
        }
    }

    /** Where the driver is when the news begins to come. */
    enum Before {
        LAUNCHING(Records.launching(TWICE)),
        UNANSWERED(Records.unanswered(TWICE)),
        PLACED(Records.placed(TWICE));

        private final TaskRecord record;

        Before(TaskRecord record) {
            this.record = record;
        }
    }

    @Property(seed = "20261101")
    void the_news_of_a_run_leaves_the_same_record(
            @ForAll Before before, @ForAll End end, @ForAll("versions") List<Integer> order) {
        List<TaskChange> versions = List.of(
                Records.news(Records.ARN, 1, "PROVISIONING"),
                Records.pending(Records.ARN),
                Records.news(Records.ARN, 3, "RUNNING"),
                Records.news(Records.ARN, 4, "RUNNING"),
                Records.news(Records.ARN, 5, "DEPROVISIONING"),
                end.stop);
        TaskRecord record = before.record;
        boolean seenEnd = false;
        for (int version : order) {
            seenEnd |= version == 6;
            Move move = moves.of(record, versions.get(version - 1), List.of(), Records.NOW);
            assertThat(move).isNotInstanceOf(Move.Stop.class);
            record = move instanceof Move.Write write ? write.next() : record;
        }
        if (seenEnd) {
            assertThat(record.status()).isEqualTo(end.status);
            assertThat(record.attempt()).isEqualTo(end.attempt);
            assertThat(record.losses() + record.failedStarts() + record.attempt())
                    .isLessThanOrEqualTo(2);
            assertThat(record.dueAt() == null).isEqualTo(record.status().isEnd());
        } else {
            boolean seenRunning = order.contains(3) || order.contains(4);
            assertThat(record.status()).isEqualTo(seenRunning ? TaskStatus.RUNNING : before.record.status());
        }
    }

    @Provide
    Arbitrary<List<Integer>> versions() {
        return Arbitraries.integers().between(1, 6).list().ofMaxSize(15);
    }
}
