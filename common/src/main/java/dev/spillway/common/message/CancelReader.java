package dev.spillway.common.message;

import dev.spillway.common.task.TaskId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a message that cancels a task. */
final class CancelReader {

    /** The field that makes a message a cancel message. */
    static final String CANCEL = "cancel";

    static final String DEFAULT_REASON = "cancelled by a message";

    private static final String REASON = "reason";

    private CancelReader() {}

    static ParsedMessage read(Fields message) {
        message.allowOnly(Set.of(CANCEL, REASON));
        TaskId taskId = RunReader.taskId(message.require(CANCEL, TaskId.FORM));
        String reason = reason(message.get(REASON));
        List<FieldError> errors = message.errors().list();
        return taskId == null || !errors.isEmpty()
                ? new ParsedMessage.Invalid(null, errors)
                : new ParsedMessage.Cancel(taskId, reason);
    }

    /** A blank reason is no reason to let the task go on. */
    private static String reason(@Nullable Field field) {
        String reason = field == null ? null : field.text(Form.REASON);
        return reason == null || reason.isBlank() ? DEFAULT_REASON : reason;
    }
}
