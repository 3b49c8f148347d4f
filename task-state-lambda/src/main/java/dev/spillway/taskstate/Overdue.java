package dev.spillway.taskstate;

import dev.spillway.common.ecs.EcsTaskStopper;
import dev.spillway.common.ecs.TaskStopper;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.common.task.Timings;
import dev.spillway.taskstate.event.Event;
import dev.spillway.taskstate.event.TaskChange;
import dev.spillway.taskstate.line.Line;
import dev.spillway.taskstate.stop.OwnStop;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Looks after one record whose time has come: what its status waits for has not happened, or its news is lost. */
final class Overdue {

    /** A due task that was released and is still here after this is released again. */
    private static final Duration RELEASE_AGAIN = Duration.ofMinutes(2);

    /** By then the event of a stop has come, or is lost. */
    private static final Duration AFTER_STOP = Duration.ofMinutes(1);

    /** By then the task of a launch that had no answer has shown itself, if it was started. */
    private static final Duration AFTER_NO_ANSWER = Duration.ofMinutes(10);

    /** DescribeTasks is eventually consistent: of a task that was just placed it may say that there is none. */
    private static final Duration AFTER_PLACING = Duration.ofSeconds(30);

    private final TaskStopper stopper;
    private final Following following;
    private final OverdueMoves moves;
    private final Releases releases;
    private final Duration patience;

    /** @param patience how long ECS may look for an instance while a task's chain leads on */
    Overdue(TaskStopper stopper, Following following, OverdueMoves moves, Releases releases, Duration patience) {
        this.stopper = stopper;
        this.following = following;
        this.moves = moves;
        this.releases = releases;
        this.patience = patience;
    }

    /** One that is not, or no longer, with ECS. */
    Followed offEcs(TaskRecord record, Instant now) {
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
        // a slow driver has not taken up yet would stay the longest overdue, and use up every run.
        Instant again = now.plus(RELEASE_AGAIN);
        Instant deadline = Timings.waitDeadline(record);
        lookAgain(record, deadline.isBefore(again) && now.isBefore(deadline) ? deadline : again, now);
        return released(record);
    }

    private Followed onLambda(TaskRecord record, Instant now) {
        if (!now.isBefore(Timings.functionDeadline(record))) {
            return write(record, moves.timedOut(record, now), now);
        }
        return now.isBefore(Timings.functionGivenUp(record))
                ? write(record, moves.lateFunction(record, now), now)
                : write(record, moves.unheardOf(record, now), now);
    }

    /**
     * One that should run on ECS.
     *
     * @param answer what ECS says of it
     */
    Followed onEcs(TaskRecord record, EcsTasks.Answer answer, Instant now) {
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

    /** Notes whether newcomers may go past it. */
    void stand(Line.Standing standing, Instant now) {
        following.move(
                standing.taskId(),
                record -> record.status() == TaskStatus.WAITING
                        ? new Move.Write(moves.standing(record, standing.givesWay(), now))
                        : new Move.Ignore("it waits no more"),
                now);
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
}
