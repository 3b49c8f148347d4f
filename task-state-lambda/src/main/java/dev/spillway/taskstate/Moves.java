package dev.spillway.taskstate;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.common.task.Timings;
import dev.spillway.taskstate.event.Event;
import dev.spillway.taskstate.event.TaskChange;
import dev.spillway.taskstate.stop.OwnStop;
import dev.spillway.taskstate.stop.Stop;
import dev.spillway.taskstate.stop.StopJudgement;
import dev.spillway.taskstate.stop.Verdict;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a piece of news does to a record; {@link OverdueMoves} does where none came. Pure: news may come twice, late and out of order, and the same news on
 * the same record always means the same.
 */
final class Moves {

    private final StopJudgement judgement;
    private final Consequences consequences;

    Moves(StopJudgement judgement, Consequences consequences) {
        this.judgement = judgement;
        this.consequences = consequences;
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
        if (record.taskArn() == null && change.hasStopped() && OwnStop.isUnwanted(change.stoppedReason())) {
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
        TaskRecord next = record.toBuilder()
                .taskArn(news.requestId())
                .claim(null)
                .replayLaunch(false)
                .build();
        if (news.succeeded()) {
            return new Move.Write(consequences.returned(next, now));
        }
        Verdict verdict = judgement.judgeFunction(
                news.error() == null ? "no reason given" : news.error(), Consequences.retry(record), record.attempt());
        return new Move.Write(consequences.of(verdict, next, now));
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
        boolean onInstance = change.isOnEc2();
        // Where ECS does not say what it is for, it is on Fargate, or it has stopped before it was given an instance.
        boolean fits = asked != null && (onInstance ? asked.isEc2() : asked.isFargate());
        if (asked == null || record.request() == null || fits) {
            return asked;
        }
        return record.capacity().stream()
                .filter(type -> onInstance ? type.isEc2() : type.isFargate())
                .findFirst()
                .orElse(asked);
    }

    private static TaskRecord running(TaskRecord record, TaskChange change, Instant now) {
        TaskRecord started = record.toBuilder()
                .become(TaskStatus.RUNNING, now, "running on " + record.capacityType())
                .reason(null)
                .failedStarts(0)
                .startedAt(change.startedAt() == null ? now : change.startedAt())
                .build();
        return started.toBuilder().dueAt(nextLookAtRunning(started, now)).build();
    }

    /** When a task that runs is looked at again. */
    static Instant nextLookAtRunning(TaskRecord record, Instant now) {
        Instant look = now.plus(Timings.RECONCILE);
        Instant deadline = Timings.runDeadline(record);
        return Timings.earlier(deadline, look);
    }

    private TaskRecord stopped(TaskRecord record, TaskChange change, Collection<String> essential, Instant now) {
        List<Stop.Exit> exits = change.containers().stream()
                .filter(c -> essential.isEmpty() || essential.contains(c.name()))
                .map(c -> new Stop.Exit(c.exitCode(), c.reason()))
                .toList();
        // The news of the start may have been lost, or come later than that of the stop.
        TaskRecord known = record.startedAt() == null && change.startedAt() != null
                ? record.toBuilder()
                        .startedAt(change.startedAt())
                        .failedStarts(0)
                        .build()
                : record;
        Stop stop = new Stop(
                change.stopCode(),
                change.stoppedReason(),
                exits,
                Consequences.retry(known),
                known.attempt(),
                known.losses(),
                known.failedStarts(),
                change.hasNoInstance());
        return consequences.of(
                judgement.judge(stop), known, change.stoppedAt() == null ? now : change.stoppedAt(), now);
    }
}
