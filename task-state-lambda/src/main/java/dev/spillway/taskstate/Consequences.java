package dev.spillway.taskstate;

import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.common.task.Timings;
import dev.spillway.taskstate.stop.Verdict;
import java.time.Duration;
import java.time.Instant;

/** What a verdict does to a record: it ends, or it goes back in line. Pure. */
final class Consequences {

    /** 15 to 45 seconds become 4 to 12 minutes. */
    private static final int MAX_DOUBLINGS = 4;

    private final Duration retention;

    /** @param retention how long the table keeps a task that has ended */
    Consequences(Duration retention) {
        this.retention = retention;
    }

    /** Of a stop that was heard of only now. */
    TaskRecord of(Verdict verdict, TaskRecord record, Instant now) {
        return of(verdict, record, now, now);
    }

    /** @param stoppedAt when the run ended */
    TaskRecord of(Verdict verdict, TaskRecord record, Instant stoppedAt, Instant now) {
        return switch (verdict) {
            case Verdict.Succeeded s -> ended(record, TaskStatus.SUCCEEDED, s, stoppedAt, now);
            case Verdict.Failed f -> ended(record, TaskStatus.FAILED, f, stoppedAt, now);
            case Verdict.TimedOut t -> ended(record, TaskStatus.TIMED_OUT, t, stoppedAt, now);
            case Verdict.Retry r -> retried(record, r, now);
            case Verdict.Lost l -> released(record, l, now);
            case Verdict.MovedOn m -> movedOn(record, m, now);
            case Verdict.NotPlaced n ->
                releasedLater(record, n, record.losses(), now)
                        .losses(record.losses() + 1)
                        .build();
            case Verdict.NotStarted n ->
                releasedLater(record, n, record.failedStarts(), now)
                        .failedStarts(record.failedStarts() + 1)
                        .build();
        };
    }

    /** The task ends without a run. */
    TaskRecord failed(TaskRecord record, String why, Instant now) {
        return record.toBuilder().end(TaskStatus.FAILED, why, now, retention).build();
    }

    /** The task's function has returned. */
    TaskRecord returned(TaskRecord record, Instant now) {
        return record.toBuilder()
                .end(TaskStatus.SUCCEEDED, "the function returned", now, retention)
                .build();
    }

    private TaskRecord ended(TaskRecord record, TaskStatus end, Verdict verdict, Instant stoppedAt, Instant now) {
        return record.toBuilder()
                .end(end, verdict.reason(), now, retention)
                .exitCode(verdict.exitCode())
                .stoppedAt(stoppedAt)
                .build();
    }

    private static TaskRecord retried(TaskRecord record, Verdict.Retry verdict, Instant now) {
        Duration delay = Timings.retryDelay(record);
        String why = "attempt " + record.attempt() + " of " + retry(record).attempts() + " failed: " + verdict.reason()
                + "; again in " + delay.toSeconds() + " s";
        return paused(record, why, delay, now)
                .attempt(record.attempt() + 1)
                .exitCode(verdict.exitCode())
                .build();
    }

    /**
     * The pause doubles each time, so that AWS has some minutes to mend what is broken, not some seconds.
     *
     * @param before how often it has happened before
     */
    private static TaskRecord.Builder releasedLater(TaskRecord record, Verdict verdict, int before, Instant now) {
        Duration delay = Timings.backoff(record).multipliedBy(1L << Math.min(before, MAX_DOUBLINGS));
        String why = "could not be started, no attempt spent: " + verdict.reason() + "; again in " + delay.toSeconds()
                + " s";
        return paused(record, why, delay, now);
    }

    private static TaskRecord released(TaskRecord record, Verdict.Lost verdict, Instant now) {
        String why = "lost to the infrastructure, no attempt spent: " + verdict.reason();
        TaskRecord next =
                backInLine(record, why, now).losses(record.losses() + 1).build();
        return next.toBuilder().dueAt(Timings.nextLookAtWaiting(next, now)).build();
    }

    /** It has been waiting for a place all the while. */
    private static TaskRecord movedOn(TaskRecord record, Verdict.MovedOn verdict, Instant now) {
        TaskRecord next = backInLine(record, verdict.reason(), now)
                .waitingSince(record.waitingSince())
                .resumeAfter(record.capacityType())
                .build();
        return next.toBuilder().dueAt(Timings.nextLookAtWaiting(next, now)).build();
    }

    /** Patience is for a place: it starts at the end of the pause. */
    private static TaskRecord.Builder paused(TaskRecord record, String why, Duration pause, Instant now) {
        Instant again = now.plus(pause);
        return backInLine(record, why, now).waitingSince(again).notBefore(again).dueAt(again);
    }

    private static TaskRecord.Builder backInLine(TaskRecord record, String why, Instant now) {
        return record.toBuilder()
                .become(TaskStatus.WAITING, now, why)
                .leaveTask()
                .resumeAfter(null)
                .reason(why)
                .waitingSince(now)
                .startedAt(null)
                .claim(null)
                .replayLaunch(false);
    }

    static RetryPolicy retry(TaskRecord record) {
        return record.request() == null ? RetryPolicy.NONE : record.request().retry();
    }
}
