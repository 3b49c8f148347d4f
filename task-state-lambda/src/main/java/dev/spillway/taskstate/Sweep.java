package dev.spillway.taskstate;

import dev.spillway.common.ecs.TaskStopper;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.Timings;
import dev.spillway.taskstate.event.Event;
import dev.spillway.taskstate.event.TaskChange;
import dev.spillway.taskstate.line.WaitingLine;
import dev.spillway.taskstate.stop.StopJudgement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Looks after every record whose time has come, once a minute. Whatever an event should have moved and did not, the
 * sweep moves. Two sweeps at the same time do no harm: every write is conditional, and every release is only a hint.
 */
final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /** One run's work is bounded; what is left is overdue, and the first in the next run. */
    private static final int MOST_RECORDS = 500;

    /** How many tasks a minute may try their luck on Fargate after it had no room. */
    private static final int PROBES = 10;

    private final TaskIndex index;
    private final TaskStore store;
    private final EcsTasks ecsTasks;
    private final TaskStopper stopper;
    private final Following following;
    private final Moves moves;
    private final Releases releases;
    private final WaitingLine line;

    Sweep(
            TaskIndex index,
            TaskStore store,
            EcsTasks ecsTasks,
            TaskStopper stopper,
            Following following,
            Moves moves,
            Releases releases,
            WaitingLine line) {
        this.index = index;
        this.store = store;
        this.ecsTasks = ecsTasks;
        this.stopper = stopper;
        this.following = following;
        this.moves = moves;
        this.releases = releases;
        this.line = line;
    }

    /** One run: what is due is read, ECS is asked about the tasks that should run, and each record is moved. */
    List<Followed> run(Instant now) {
        List<TaskRecord> due = new ArrayList<>();
        for (TaskId taskId : index.due(now, MOST_RECORDS)) {
            store.find(taskId).filter(record -> isDue(record, now)).ifPresent(due::add);
        }
        Map<String, TaskChange> onEcs = ecsTasks.describe(due.stream()
                .filter(record -> record.status().isOnCapacity() && record.capacityType() != CapacityType.LAMBDA)
                .map(TaskRecord::taskArn)
                .filter(Objects::nonNull)
                .toList());
        List<Followed> followed = new ArrayList<>();
        for (TaskRecord record : due) {
            MDC.put("task_id", record.taskId().value());
            try {
                followed.add(look(record, onEcs, now));
            } catch (RuntimeException failure) {
                // The record stays due; the others must not wait for it.
                LOG.error("could not look after the task; the next sweep will", failure);
            } finally {
                MDC.remove("task_id");
            }
        }
        WaitingLine.Look look = line.afterLookAtAll(PROBES);
        look.next().forEach(taskId -> releases.release(taskId, Duration.ZERO));
        look.probes().forEach(probe -> releases.probe(probe.taskId(), probe.roomiest()));
        return followed;
    }

    private Followed look(TaskRecord record, Map<String, TaskChange> onEcs, Instant now) {
        return switch (record.status()) {
            // Its driver has ended in the middle: another takes it up.
            case LAUNCHING -> released(record);
            case WAITING -> waiting(record, now);
            case PLACED, RUNNING ->
                record.capacityType() == CapacityType.LAMBDA ? onLambda(record, now) : onEcs(record, onEcs, now);
            case SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, REJECTED -> Followed.IGNORED;
        };
    }

    private Followed waiting(TaskRecord record, Instant now) {
        if (!now.isBefore(Timings.waitDeadline(record)) && !record.replayLaunch()) {
            return write(record, moves.waitedTooLong(record, now), now);
        }
        if (record.notBefore() != null) {
            return released(record);
        }
        return write(
                record,
                record.toBuilder().dueAt(Timings.nextLookAtWaiting(record, now)).build(),
                now);
    }

    private Followed onLambda(TaskRecord record, Instant now) {
        return now.isBefore(Timings.runDeadline(record))
                ? write(record, moves.unheardOf(record, now), now)
                : write(record, moves.timedOut(record, now), now);
    }

    private Followed onEcs(TaskRecord record, Map<String, TaskChange> onEcs, Instant now) {
        String arn = Objects.requireNonNull(record.taskArn());
        TaskChange change = onEcs.get(arn);
        if (change == null) {
            return write(record, moves.vanished(record, now), now);
        }
        Followed followed = following.follow(new Event.TaskChanged(record.taskId(), change), now);
        if (followed != Followed.IGNORED) {
            return followed;
        }
        if (!now.isBefore(Timings.runDeadline(record))) {
            // Stopped first: if the function ends before the record is written, the event of the stop still says why.
            stopper.stop(arn, StopJudgement.TIMED_OUT + " after " + Moves.limit(record));
            return write(record, moves.timedOut(record, now), now);
        }
        return write(
                record,
                record.toBuilder().dueAt(Moves.nextLookAtRunning(record, now)).build(),
                now);
    }

    private Followed write(TaskRecord read, TaskRecord next, Instant now) {
        // If somebody else has written meanwhile, the record is not the one that was judged: it is left to them.
        return following.move(
                read.taskId(),
                current -> current.version() == read.version()
                        ? new Move.Write(next)
                        : new Move.Ignore("moved by somebody else"),
                now);
    }

    private Followed released(TaskRecord record) {
        releases.release(record.taskId(), Duration.ZERO);
        return Followed.IGNORED;
    }

    private static boolean isDue(TaskRecord record, Instant now) {
        return record.dueAt() != null && !now.isBefore(record.dueAt());
    }
}
