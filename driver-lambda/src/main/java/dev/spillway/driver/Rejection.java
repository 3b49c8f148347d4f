package dev.spillway.driver;

import dev.spillway.common.message.FieldError;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a message that cannot be accepted: into the table where it named a task, and to the dead-letter queue. */
final class Rejection {

    private static final Logger LOG = LoggerFactory.getLogger(Rejection.class);

    private final TaskStore store;
    private final DeadLetters deadLetters;
    private final Duration retention;

    Rejection(TaskStore store, DeadLetters deadLetters, Duration retention) {
        this.store = store;
        this.deadLetters = deadLetters;
        this.retention = retention;
    }

    /** Rejects a message for its errors. */
    Outcome reject(Delivery delivery, @Nullable TaskId taskId, List<FieldError> errors, Instant now) {
        String reason = errors.stream().map(FieldError::sentence).collect(Collectors.joining("; "));
        if (taskId != null) {
            // A task that already has a record keeps it: a bad message must not touch somebody's running task.
            store.create(TaskRecord.first(taskId, TaskStatus.REJECTED, delivery.sentAt(), now, reason)
                    .reason(reason)
                    .stoppedAt(now)
                    .expiresAt(now.plus(retention))
                    .build());
        }
        return deadLetter(delivery, reason);
    }

    /** Rejects a message whose task id belongs to another task. */
    Outcome conflict(Delivery delivery, TaskId taskId) {
        return deadLetter(
                delivery,
                "taskId: \"" + taskId + "\" belongs to a task of other content; send this one under another id");
    }

    private Outcome deadLetter(Delivery delivery, String reason) {
        deadLetters.put(delivery, reason);
        LOG.warn("rejected: {}", reason);
        return new Outcome.Rejected();
    }
}
