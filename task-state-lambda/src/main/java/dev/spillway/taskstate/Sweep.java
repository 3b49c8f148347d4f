package dev.spillway.taskstate;

import dev.spillway.common.ecs.EcsTaskStopper;
import dev.spillway.common.ecs.TaskStopper;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.Timings;
import dev.spillway.taskstate.event.Event;
import dev.spillway.taskstate.event.TaskChange;
import dev.spillway.taskstate.line.Line;
import dev.spillway.taskstate.stop.OwnStop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
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

    /** No record is begun with after this: the function has 50 seconds in template.yaml, and the line is still to come. */
    private static final Duration FOR_RECORDS = Duration.ofSeconds(30);

    /** How many tasks a minute may try their luck on a capacity type beside the instances after it had no room. */
    private static final int PROBES = 10;

    /** A due task that was released and is still here after this is released again. */
    private static final Duration RELEASE_AGAIN = Duration.ofMinutes(2);

    /** By then the event of a stop has come, or is lost. */
    private static final Duration AFTER_STOP = Duration.ofMinutes(1);

    /** By then the task of a launch that had no answer has shown itself, if it was started. */
    private static final Duration AFTER_NO_ANSWER = Duration.ofMinutes(10);

    /** DescribeTasks is eventually consistent: of a task that was just placed it may say that there is none. */
    private static final Duration AFTER_PLACING = Duration.ofSeconds(30);

    private final TaskIndex index;
    private final TaskStore store;
    private final EcsTasks ecsTasks;
    private final TaskStopper stopper;
    private final Following following;
    private final OverdueMoves moves;
    private final Releases releases;
    private final Line line;
    private final Duration patience;
    private final Clock clock;

    /** @param patience how long ECS may look for an instance while a task's chain leads on */
    Sweep(
            TaskIndex index,
            TaskStore store,
            EcsTasks ecsTasks,
            TaskStopper stopper,
            Following following,
            OverdueMoves moves,
            Releases releases,
            Line line,
            Duration patience,
            Clock clock) {
        this.index = index;
        this.store = store;
        this.ecsTasks = ecsTasks;
        this.stopper = stopper;
        this.following = following;
        this.moves = moves;
        this.releases = releases;
        this.line = line;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * One run: what is due is read, ECS is asked about the tasks that should run, and each record is moved. A failure
     * of AWS keeps back those that it is about, and nobody else: they stay due.
     */
    List<Followed> run(Instant now) {
        List<Followed> followed = new ArrayList<>();
        List<TaskId> due = index.due(now, MOST_RECORDS);
        for (int from = 0; from < due.size(); from += EcsTasks.PAGE) {
            lookAfter(due.subList(from, Math.min(from + EcsTasks.PAGE, due.size())), now, followed);
        }
        if (isLate(now)) {
            LOG.error("AWS is slow: not all of {} due tasks were looked after; the next sweep will", due.size());
            followed.add(Followed.NOT_LOOKED_AT);
        }
        attempt("the waiting line", followed, () -> {
            Line.Look look = line.afterLookAtAll(PROBES);
            look.next()
                    .forEach(
                            taskId -> attempt(taskId.value(), followed, () -> releases.release(taskId, Duration.ZERO)));
            look.probes()
                    .forEach(probe -> attempt(
                            probe.taskId().value(), followed, () -> releases.probe(probe.taskId(), probe.roomiest())));
        });
        return followed;
    }

    private void lookAfter(List<TaskId> page, Instant now, List<Followed> followed) {
        List<TaskRecord> due = new ArrayList<>();
        for (TaskId taskId : page) {
            if (isLate(now)) {
                return;
            }
            attempt(
                    taskId.value(),
                    followed,
                    () -> store.find(taskId)
                            .filter(record -> isDue(record, now))
                            .ifPresent(due::add));
        }
        List<TaskRecord> onEcs = due.stream().filter(Sweep::isOnEcs).toList();
        due.stream()
                .filter(record -> !isOnEcs(record))
                .forEach(record -> look(record, now, followed, () -> offEcs(record, now)));
        attempt(onEcs.size() + " tasks of ECS", followed, () -> {
            EcsTasks.Answer answer = ecsTasks.describe(
                    onEcs.stream().map(TaskRecord::taskArn).distinct().toList());
            onEcs.forEach(record -> look(record, now, followed, () -> onEcs(record, answer, now)));
        });
    }

    private void look(TaskRecord record, Instant now, List<Followed> followed, Supplier<Followed> action) {
        if (isLate(now)) {
            return;
        }
        try (MDC.MDCCloseable closed =
                MDC.putCloseable("task_id", record.taskId().value())) {
            attempt(record.taskId().value(), followed, () -> followed.add(action.get()));
        }
    }

    /** Counted, not thrown: thrown, it would repeat the run for the sake of one, and keep the others from theirs. */
    private static void attempt(String what, List<Followed> followed, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            LOG.error("could not look after {}; the next sweep will", what, failure);
            followed.add(Followed.NOT_LOOKED_AT);
        }
    }

    private boolean isLate(Instant begun) {
        return !clock.instant().isBefore(begun.plus(FOR_RECORDS));
    }

    private static boolean isOnEcs(TaskRecord record) {
        return record.status().isOnCapacity()
                && record.capacityType() != CapacityType.LAMBDA
                && record.taskArn() != null;
    }

    private Followed offEcs(TaskRecord record, Instant now) {
        return switch (record.status()) {
            // Its driver has ended in the middle: another takes it up.
            case LAUNCHING -> released(record);
            case WAITING -> waiting(record, now);
            case PLACED, RUNNING -> onLambda(record, now);
            case SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, REJECTED -> Followed.IGNORED;
        };
    }

    private Followed waiting(TaskRecord record, Instant now) {
        // It may run, and is asked for some while longer; a task that shows itself after that is stopped.
        Instant asOf = record.replayLaunch() ? now.minus(AFTER_NO_ANSWER) : now;
        if (!asOf.isBefore(Timings.waitDeadline(record))) {
            return write(record, moves.waitedTooLong(record, now), now);
        }
        if (record.notBefore() == null) {
            return lookAgain(record, Timings.nextLookAtWaiting(record, now), now);
        }
        // Written before the release, which would otherwise race with the driver that it wakes. Without it, those whom
        // a
        // slow driver has not taken up yet would stay the longest overdue, and use up every run.
        Instant again = now.plus(RELEASE_AGAIN);
        Instant deadline = Timings.waitDeadline(record);
        lookAgain(record, deadline.isBefore(again) && now.isBefore(deadline) ? deadline : again, now);
        return released(record);
    }

    private Followed onLambda(TaskRecord record, Instant now) {
        return now.isBefore(Timings.functionDeadline(record))
                ? write(record, moves.unheardOf(record, now), now)
                : write(record, moves.timedOut(record, now), now);
    }

    private Followed onEcs(TaskRecord record, EcsTasks.Answer answer, Instant now) {
        String arn = Objects.requireNonNull(record.taskArn());
        Optional<TaskChange> change = answer.of(arn);
        if (change.isEmpty()) {
            return unknown(record, now);
        }
        Followed followed = following.follow(new Event.TaskChanged(record.taskId(), change.get()), now);
        if (followed != Followed.IGNORED) {
            return followed;
        }
        // One that is stopping has an end of its own, which its last event tells.
        if (change.get().mayRun() && !now.isBefore(Timings.runDeadline(record))) {
            // Stopped first: if the function ends before the record is written, the event of the stop still says why.
            stopper.stop(arn, OverdueMoves.stopReason(record));
            return write(record, moves.timedOut(record, now), now);
        }
        return change.get().lacksInstance()
                ? withoutInstance(record, arn, now)
                : lookAgain(record, Moves.nextLookAtRunning(record, now), now);
    }

    private Followed unknown(TaskRecord record, Instant now) {
        Instant known = record.placedAt() == null ? now : record.placedAt().plus(AFTER_PLACING);
        return now.isBefore(known) ? lookAgain(record, known, now) : write(record, moves.vanished(record, now), now);
    }

    /**
     * ECS has accepted the task and has no instance for it. What its stop means, the event of the stop tells: until ECS
     * says that it has stopped, nothing else is asked for it.
     */
    private Followed withoutInstance(TaskRecord record, String arn, Instant now) {
        if (!now.isBefore(Timings.waitDeadline(record))) {
            // Stopped first here too: the event of the stop ends the record in the same way.
            stopper.stop(arn, OwnStop.WAITED_TOO_LONG);
            return write(record, moves.waitedTooLong(record, now), now);
        }
        Instant deadline = Timings.provisioningDeadline(record, patience);
        if (!now.isBefore(deadline)) {
            stopper.stop(
                    arn, EcsTaskStopper.MOVES_ON + ": no instance of " + record.capacityType() + " within " + patience);
            return lookAgain(record, now.plus(AFTER_STOP), now);
        }
        Instant look = now.plus(Timings.RECONCILE);
        return lookAgain(record, Timings.earlier(deadline, look), now);
    }

    private Followed lookAgain(TaskRecord record, Instant at, Instant now) {
        return write(record, record.toBuilder().dueAt(at).build(), now);
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
