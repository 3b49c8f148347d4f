package dev.spillway.common.message;

import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRequest;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the body of a message turned out to be. */
public sealed interface ParsedMessage {

    /** A task to run. */
    record Run(TaskRequest request) implements ParsedMessage {}

    /**
     * A task to cancel, known or not yet known.
     *
     * @param reason at most {@link MessageParser#MAX_REASON} characters, never blank
     */
    record Cancel(TaskId taskId, String reason) implements ParsedMessage {}

    /**
     * A message that cannot be accepted.
     *
     * @param taskId the task that the message would have become; null where its id could not be read, is not valid, or
     *     is given twice, and always for a cancel message, whose target must not be taken for a rejected task
     * @param errors everything that is wrong with the message, at least one, at most {@link MessageParser#MAX_ERRORS}
     */
    record Invalid(@Nullable TaskId taskId, List<FieldError> errors) implements ParsedMessage {

        public Invalid {
            errors = List.copyOf(errors);
        }

        /** All errors as one text, for a dead-letter queue or a record. It holds no value that may be a secret. */
        public String sentence() {
            return errors.stream().map(FieldError::sentence).collect(Collectors.joining("; "));
        }
    }
}
