package dev.spillway.taskstate;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.common.task.Timings;
import dev.spillway.taskstate.event.Event;
import dev.spillway.taskstate.event.TaskChange;
import dev.spillway.taskstate.stop.Stop;
import dev.spillway.taskstate.stop.StopJudgement;
import dev.spillway.taskstate.stop.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a piece of news does to a record. Pure: news may come twice, late and out of order, and the same news on
 * the same record always means the same.
 */
final class Moves {

    /** 15 to 45 seconds become 4 to 12 minutes. */
    private static final int MAX_DOUBLINGS = 4;

    private final StopJudgement judgement;
    private final Duration retention;

    /** @param retention how long the table keeps a task that has ended */
    Moves(StopJudgement judgement, Duration retention) {
        this.judgement = judgement;
        this.retention = retention;
    }

    /**
     * News of an ECS task that was started for the record's task.
     *
     * @param essential names of the essential containers; empty if every container is one
     */
    Move of(TaskRecord record, TaskChange change, Collection<String> essential, Instant now) {
        if (record.pastTaskArns().contains(change.taskArn())) {
            return new Move.Ignore("news of an earlier run");
        }
        if (record.status() == TaskStatus.REJECTED) {
            // Nothing was ever started under the id: whoever's task it is, it is not a stray of ours.
            return new Move.Ignore("the task was rejected");
        }
        if (record.status().isEnd()) {
            boolean known = change.taskArn().equals(record.taskArn()) && change.version() <= record.eventVersion();
            return change.mayRun() && !known
                    ? new Move.Stop(change.taskArn(), "task " + record.taskId() + " is " + record.status())
                    : new Move.Ignore("the task has ended");
        }
        if (record.taskArn() != null && !record.taskArn().equals(change.taskArn())) {
            return change.mayRun()
                    ? new Move.Stop(change.taskArn(), "task " + record.taskId() + " already runs as another one")
                    : new Move.Ignore("a stray is stopping");
        }
        if (record.taskArn() == null && change.hasStopped() && StopJudgement.isUnwanted(change.stoppedReason())) {
            // Adopted, it would end a record that it never was the task of.
            return new Move.Ignore("a stray has stopped");
        }
        if (record.taskArn() != null && change.version() <= record.eventVersion()) {
            return new Move.Ignore("older news than version " + record.eventVersion());
        }
        if (change.hasStopped()) {
            return new Move.Write(stopped(current(record, change, now), change, essential, now));
        }
        if (change.isRunning() && record.status() != TaskStatus.RUNNING) {
            return new Move.Write(running(current(record, change, now), change, now));
        }
        return new Move.Ignore("no change of status");
    }

    /** News of an invocation that was made for the record's task. */
    Move of(TaskRecord record, Event.FunctionEnded news, Instant now) {
        boolean current = record.capacityType() == CapacityType.LAMBDA
                && record.launch() == news.launch()
                && !record.pastTaskArns().contains(news.requestId());
        // Asked twice, a launch invokes twice: the second failure must not spend a second attempt.
        boolean settled = record.status() == TaskStatus.WAITING && !record.replayLaunch();
        if (record.status().isEnd() || !current || (settled && !news.succeeded())) {
            return new Move.Ignore("news of an earlier run");
        }
        TaskRecord.Builder next =
                record.toBuilder().taskArn(news.requestId()).claim(null).replayLaunch(false);
        if (news.succeeded()) {
            return new Move.Write(next.end(TaskStatus.SUCCEEDED, "the function returned", now, retention)
                    .build());
        }
        Verdict verdict = judgement.judgeFunction(
                news.error() == null ? "no reason given" : news.error(), retry(record), record.attempt());
        return new Move.Write(judged(next.build(), verdict, now));
    }

    /**
     * Writes down that a stray was stopped, and its ARN among the past ones: its later news, which may come when the
     * record has no current task, must not be taken for that of a new one.
     */
    Move noted(TaskRecord record, Move.Stop stray, Instant now) {
        if (record.knows(stray.taskArn())) {
            return new Move.Ignore("noted already");
        }
        return new Move.Write(record.toBuilder()
                .taskArn(stray.taskArn())
                .leaveTask()
                .taskArn(record.taskArn())
                .containerInstanceArn(record.containerInstanceArn())
                .eventVersion(record.eventVersion())
                .note(now, "stopped " + stray.taskArn() + ": " + stray.why())
                .build());
    }

    /** An ECS task that the record takes for its current one, although ECS no longer knows of it. */
    TaskRecord vanished(TaskRecord record, Instant now) {
        String why = "ECS no longer knows " + record.taskArn() + ", and its end was not seen";
        Stop stop = new Stop("InfrastructureHealth", why, List.of(), retry(record), record.attempt(), record.losses());
        return judged(record, judgement.judge(stop), now);
    }

    /** An invocation of which nothing was heard for longer than it can take. */
    TaskRecord unheardOf(TaskRecord record, Instant now) {
        String why = "Lambda sent no result of the function; does it have destinations for success and failure?";
        return judged(record, judgement.judgeFunction(why, retry(record), record.attempt()), now);
    }

    /** The task ran for longer than its message allows. */
    TaskRecord timedOut(TaskRecord record, Instant now) {
        return judged(record, new Verdict.TimedOut(StopJudgement.TIMED_OUT + " after " + limit(record)), now);
    }

    /** The task waited for longer than its message allows. */
    TaskRecord waitedTooLong(TaskRecord record, Instant now) {
        String why = "no place within " + waitLimit(record) + ": " + record.reason();
        return record.toBuilder().end(TaskStatus.FAILED, why, now, retention).build();
    }

    static String limit(TaskRecord record) {
        return record.request() instanceof TaskRequest r && r.timeout() != null
                ? r.timeout().toString()
                : "its time";
    }

    private static String waitLimit(TaskRecord record) {
        return record.request() instanceof TaskRequest r && r.waitDeadline() != null
                ? r.waitDeadline().toString()
                : "its time";
    }

    /**
     * Takes the ECS task for the record's current one. A record without one adopts it: the event was faster than the
     * answer of RunTask, or that answer was lost.
     */
    private static TaskRecord current(TaskRecord record, TaskChange change, Instant now) {
        TaskRecord.Builder next = record.toBuilder()
                .eventVersion(change.version())
                .containerInstanceArn(change.containerInstanceArn())
                .claim(null)
                .replayLaunch(false)
                .notBefore(null);
        if (record.taskArn() == null) {
            next.taskArn(change.taskArn()).placedAt(now).capacityType(capacityOf(record, change));
        }
        return next.build();
    }

    /**
     * On what an adopted task runs. A task that RunTask had refused and that started all the same is not of the launch
     * that the record names now; the chain says what was asked before.
     */
    private static @Nullable CapacityType capacityOf(TaskRecord record, TaskChange change) {
        CapacityType asked = record.capacityType();
        boolean onInstance = change.containerInstanceArn() != null;
        // Without an instance it is on Fargate, or it has stopped before it was given one.
        if (asked == null
                || record.request() == null
                || asked.isEc2() == onInstance
                || asked.isFargate() == !onInstance) {
            return asked;
        }
        return record.request().capacity().stream()
                .filter(type -> onInstance ? type.isEc2() : type.isFargate())
                .findFirst()
                .orElse(asked);
    }

    private static TaskRecord running(TaskRecord record, TaskChange change, Instant now) {
        TaskRecord started = record.toBuilder()
                .become(TaskStatus.RUNNING, now, "running on " + record.capacityType())
                .reason(null)
                .startedAt(change.startedAt() == null ? now : change.startedAt())
                .build();
        return started.toBuilder().dueAt(nextLookAtRunning(started, now)).build();
    }

    /** When a task that runs is looked at again. */
    static Instant nextLookAtRunning(TaskRecord record, Instant now) {
        Instant look = now.plus(Timings.RECONCILE);
        Instant deadline = Timings.runDeadline(record);
        return deadline.isBefore(look) ? deadline : look;
    }

    private TaskRecord stopped(TaskRecord record, TaskChange change, Collection<String> essential, Instant now) {
        List<Stop.Exit> exits = change.containers().stream()
                .filter(c -> essential.isEmpty() || essential.contains(c.name()))
                .map(c -> new Stop.Exit(c.exitCode(), c.reason()))
                .toList();
        Stop stop = new Stop(
                change.stopCode(), change.stoppedReason(), exits, retry(record), record.attempt(), record.losses());
        TaskRecord started = record.startedAt() == null && change.startedAt() != null
                ? record.toBuilder().startedAt(change.startedAt()).build()
                : record;
        return judged(started, judgement.judge(stop), change.stoppedAt() == null ? now : change.stoppedAt(), now);
    }

    private TaskRecord judged(TaskRecord record, Verdict verdict, Instant now) {
        return judged(record, verdict, now, now);
    }

    private TaskRecord judged(TaskRecord record, Verdict verdict, Instant stoppedAt, Instant now) {
        return switch (verdict) {
            case Verdict.Succeeded s -> ended(record, TaskStatus.SUCCEEDED, s, stoppedAt, now);
            case Verdict.Failed f -> ended(record, TaskStatus.FAILED, f, stoppedAt, now);
            case Verdict.TimedOut t -> ended(record, TaskStatus.TIMED_OUT, t, stoppedAt, now);
            case Verdict.Retry r -> retried(record, r, now);
            case Verdict.Lost l -> released(record, l, now);
            case Verdict.NotStarted n -> releasedLater(record, n, now);
        };
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
        return backInLine(record, why, now)
                .attempt(record.attempt() + 1)
                .exitCode(verdict.exitCode())
                .waitingSince(now.plus(delay))
                .notBefore(now.plus(delay))
                .dueAt(now.plus(delay))
                .build();
    }

    /** The pause doubles with each loss, so that AWS has some minutes to mend what is broken, not some seconds. */
    private static TaskRecord releasedLater(TaskRecord record, Verdict.NotStarted verdict, Instant now) {
        Duration delay = Timings.backoff(record).multipliedBy(1L << Math.min(record.losses(), MAX_DOUBLINGS));
        String why = "could not be started, no attempt spent: " + verdict.reason() + "; again in " + delay.toSeconds()
                + " s";
        return backInLine(record, why, now)
                .losses(record.losses() + 1)
                .waitingSince(now.plus(delay))
                .notBefore(now.plus(delay))
                .dueAt(now.plus(delay))
                .build();
    }

    private static TaskRecord released(TaskRecord record, Verdict.Lost verdict, Instant now) {
        String why = "lost to the infrastructure, no attempt spent: " + verdict.reason();
        TaskRecord next =
                backInLine(record, why, now).losses(record.losses() + 1).build();
        return next.toBuilder().dueAt(Timings.nextLookAtWaiting(next, now)).build();
    }

    /** Patience is for a place: where the task is to pause first, the caller starts it at the end of the pause. */
    private static TaskRecord.Builder backInLine(TaskRecord record, String why, Instant now) {
        return record.toBuilder()
                .become(TaskStatus.WAITING, now, why)
                .leaveTask()
                .reason(why)
                .waitingSince(now)
                .startedAt(null)
                .claim(null)
                .replayLaunch(false);
    }

    private static RetryPolicy retry(TaskRecord record) {
        return record.request() == null ? RetryPolicy.NONE : record.request().retry();
    }
}
