package dev.spillway.taskstate;

import dev.spillway.common.aws.AwsFailure;
import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.ecs.TaskDefinitions;
import dev.spillway.common.ecs.TaskStopper;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.taskstate.event.Event;
import dev.spillway.taskstate.event.TaskChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a record by a piece of news: read the record, decide, write it or stop a stray. */
final class Following {

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    private final TaskStore store;
    private final TaskDefinitions definitions;
    private final TaskStopper stopper;
    private final Releases releases;
    private final Moves moves;

    Following(TaskStore store, TaskDefinitions definitions, TaskStopper stopper, Releases releases, Moves moves) {
        this.store = store;
        this.definitions = definitions;
        this.stopper = stopper;
        this.releases = releases;
        this.moves = moves;
    }

    /** Follows an ECS task. */
    Followed follow(Event.TaskChanged news, Instant now) {
        List<String> essential = essential(news.change(), now);
        return move(news.taskId(), record -> moves.of(record, news.change(), essential, now), now);
    }

    /** Follows an invocation. */
    Followed follow(Event.FunctionEnded news, Instant now) {
        return move(news.taskId(), record -> moves.of(record, news, now), now);
    }

    /**
     * Decides on the record as it is, until the decision is written or there is nothing to write. Somebody else's write
     * in between only means that the decision is made anew on what they wrote.
     */
    Followed move(TaskId taskId, Function<TaskRecord, Move> decide, Instant now) {
        Optional<TaskRecord> found = store.find(taskId);
        while (found.isPresent()) {
            TaskRecord record = found.get();
            switch (decide.apply(record)) {
                case Move.Ignore ignored -> {
                    LOG.debug("ignored: {}", ignored.why());
                    return Followed.IGNORED;
                }
                case Move.Stop stray -> {
                    stopStray(record, stray, now);
                    return Followed.STRAY;
                }
                case Move.Write write -> {
                    switch (store.update(write.next())) {
                        case TaskStore.Update.Updated updated -> {
                            return written(record, updated.record(), now);
                        }
                        case TaskStore.Update.Conflict conflict -> found = Optional.ofNullable(conflict.current());
                    }
                }
            }
        }
        LOG.info("ignored: no record of the task");
        return Followed.IGNORED;
    }

    private Followed written(TaskRecord before, TaskRecord record, Instant now) {
        // A waiting task can adopt a run and lose it in one step: it waits again, for another launch.
        boolean isSameWait = record.attempt() == before.attempt()
                && record.losses() == before.losses()
                && record.failedStarts() == before.failedStarts()
                && record.resumeAfter() == before.resumeAfter();
        if (record.status() == before.status() && isSameWait) {
            return Followed.IGNORED;
        }
        LOG.info("{}: {}", record.status(), record.history().getLast().what());
        if (record.status() == TaskStatus.WAITING) {
            Instant notBefore = record.notBefore();
            releases.release(record.taskId(), notBefore == null ? Duration.ZERO : Duration.between(now, notBefore));
            return Followed.WAITING;
        }
        return Followed.of(record.status());
    }

    /** The stop comes first: a note that is not written does no harm, a task that runs twice does. */
    private void stopStray(TaskRecord record, Move.Stop stray, Instant now) {
        LOG.warn("stopping {}: {}", stray.taskArn(), stray.why());
        stopper.stop(stray.taskArn(), stray.why());
        move(record.taskId(), current -> moves.noted(current, stray, now), now);
    }

    /** Which containers decide. A task of one container needs no look-up. */
    private List<String> essential(TaskChange change, Instant now) {
        if (!change.hasStopped() || change.containers().size() < 2) {
            return List.of();
        }
        return switch (definitions.find(change.taskDefinitionArn(), now)) {
            case TaskDefinitions.Lookup.Found found ->
                found.facts().containers().stream()
                        .filter(TaskDefinitionFacts.Container::essential)
                        .map(TaskDefinitionFacts.Container::name)
                        .toList();
            case TaskDefinitions.Lookup.NotFound missing -> essentialOfUnknown(change, missing.why());
        };
    }

    /** A definition that is gone for good must not keep the task from its end: then every container counts. */
    private static List<String> essentialOfUnknown(TaskChange change, AwsFailure why) {
        return switch (why) {
            case AwsFailure.Permanent gone -> List.of();
            case AwsFailure.NoCapacity later -> throw unread(change, later.words());
            case AwsFailure.Retryable later -> throw unread(change, later.words());
        };
    }

    private static IllegalStateException unread(TaskChange change, String words) {
        return new IllegalStateException(
                "cannot tell which containers of " + change.taskDefinitionArn() + " are essential: " + words);
    }
}
