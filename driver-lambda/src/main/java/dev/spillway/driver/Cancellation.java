package dev.spillway.driver;

import dev.spillway.common.ecs.TaskStopper;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels a task in whatever status it is. The record is written first, and the ECS task stopped after: if the function
 * ends in between, the message comes again and stops it then; and an ECS task that shows itself later finds a record
 * that does not want it.
 */
final class Cancellation {

    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    private final TaskStore store;
    private final TaskStopper stopper;
    private final StartedTasks started;
    private final Steps steps;

    Cancellation(TaskStore store, TaskStopper stopper, StartedTasks started, Steps steps) {
        this.store = store;
        this.stopper = stopper;
        this.started = started;
        this.steps = steps;
    }

    /** Cancels; a task that has ended stays as it is, and one that is not known yet will not be started. */
    Outcome cancel(TaskId taskId, String reason, Delivery delivery, Instant now) {
        Optional<TaskRecord> found = store.find(taskId);
        TaskRecord current;
        if (found.isPresent()) {
            current = found.get();
        } else {
            switch (store.create(steps.cancelledBeforehand(taskId, delivery.sentAt(), reason, now))) {
                case TaskStore.Creation.Created created -> {
                    LOG.info("cancelled before its message came: {}", reason);
                    return new Outcome.Cancelled();
                }
                case TaskStore.Creation.Exists exists -> current = exists.current();
            }
        }
        return cancel(current, reason, now);
    }

    private Outcome cancel(TaskRecord found, String reason, Instant now) {
        TaskRecord current = found;
        while (!current.status().isEnd()) {
            switch (store.update(steps.cancelled(current, reason, now))) {
                case TaskStore.Update.Updated updated -> current = updated.record();
                case TaskStore.Update.Conflict conflict -> {
                    if (conflict.current() == null) {
                        return new Outcome.Answered();
                    }
                    current = conflict.current();
                }
            }
        }
        if (current.status() != TaskStatus.CANCELLED) {
            return new Outcome.Answered();
        }
        stop(current, reason);
        LOG.info("cancelled: {}", reason);
        return new Outcome.Cancelled();
    }

    /** Stops what the record knows of, or what a launch has started that the record does not know of yet. */
    private void stop(TaskRecord cancelled, String reason) {
        if (cancelled.capacityType() == null || cancelled.capacityType() == CapacityType.LAMBDA) {
            return;
        }
        List<String> alive =
                cancelled.taskArn() != null ? List.of(cancelled.taskArn()) : started.startedBy(cancelled.taskId());
        alive.forEach(arn -> stopper.stop(arn, reason));
    }
}
