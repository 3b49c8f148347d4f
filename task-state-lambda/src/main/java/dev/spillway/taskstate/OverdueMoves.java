package dev.spillway.taskstate;

import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.Timings;
import dev.spillway.taskstate.stop.OwnStop;
import dev.spillway.taskstate.stop.Stop;
import dev.spillway.taskstate.stop.StopJudgement;
import dev.spillway.taskstate.stop.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a record whose news did not come, or whose time is over. Pure. */
final class OverdueMoves {

    private static final String NO_RESULT =
            "Lambda sent no result of the function; does it have destinations for success and failure?";

    private final StopJudgement judgement;
    private final Consequences consequences;

    OverdueMoves(StopJudgement judgement, Consequences consequences) {
        this.judgement = judgement;
        this.consequences = consequences;
    }

    /** An ECS task that the record takes for its current one, although ECS no longer knows of it. */
    TaskRecord vanished(TaskRecord record, Instant now) {
        String why = "ECS no longer knows " + record.taskArn() + ", and its end was not seen";
        Stop stop = new Stop(
                "InfrastructureHealth",
                why,
                List.of(),
                Consequences.retry(record),
                record.attempt(),
                record.losses(),
                record.failedStarts());
        return consequences.of(judgement.judge(stop), record, now);
    }

    /** An invocation of which nothing was heard for longer than it takes as a rule, and which may run all the same. */
    TaskRecord lateFunction(TaskRecord record, Instant now) {
        String why = NO_RESULT + " Lambda may have no concurrency left for it; it is waited for until "
                + Timings.functionGivenUp(record);
        return record.toBuilder()
                .reason(why)
                .note(now, why)
                .dueAt(Timings.earlier(Timings.functionGivenUp(record), Timings.functionDeadline(record)))
                .build();
    }

    /** An invocation of which nothing was heard for longer than it can take. */
    TaskRecord unheardOf(TaskRecord record, Instant now) {
        Verdict verdict = judgement.judgeFunction(NO_RESULT, Consequences.retry(record), record.attempt());
        return consequences.of(verdict, record, now);
    }

    /** @param givesWay why newcomers may go past it; null if they may not */
    TaskRecord standing(TaskRecord record, @Nullable String givesWay, Instant now) {
        TaskRecord.Builder next = record.toBuilder().givesWay(givesWay != null);
        return givesWay == null ? next.build() : next.note(now, givesWay).build();
    }

    /** The task ran for longer than its message allows. */
    TaskRecord timedOut(TaskRecord record, Instant now) {
        return consequences.of(new Verdict.TimedOut(stopReason(record)), record, now);
    }

    /** The task waited for longer than its message allows. */
    TaskRecord waitedTooLong(TaskRecord record, Instant now) {
        return consequences.failed(record, "no place within " + waitLimit(record) + ": " + record.reason(), now);
    }

    /** What a task is stopped with that has run for too long. */
    static String stopReason(TaskRecord record) {
        return OwnStop.TIMED_OUT + " after " + limit(record);
    }

    private static String limit(TaskRecord record) {
        return record.request() instanceof TaskRequest r && r.timeout() != null
                ? r.timeout().toString()
                : "its time";
    }

    private static String waitLimit(TaskRecord record) {
        return record.request() instanceof TaskRequest r && r.waitDeadline() != null
                ? r.waitDeadline().toString()
                : "its time";
    }
}
