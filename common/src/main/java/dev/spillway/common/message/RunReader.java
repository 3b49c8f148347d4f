package dev.spillway.common.message;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a message that asks for a task. */
final class RunReader {

    /** Whatever is longer is more likely a slip of the pen than a wish. */
    private static final Duration MAX_DURATION = Duration.ofDays(365);

    private static final Set<String> FIELDS = Set.of(
            "taskId",
            "taskDefinition",
            "processor",
            "function",
            "payload",
            "container",
            "command",
            "environment",
            "cpu",
            "memory",
            "capacity",
            "placement",
            "priority",
            "retry",
            "timeout",
            "waitDeadline",
            "tags");

    private RunReader() {}

    static ParsedMessage read(Fields message, String messageId) {
        message.allowOnly(FIELDS);
        TaskId taskId = taskId(message, messageId);
        List<CapacityType> chain = ChainReader.read(message);
        ContainerWork container = ContainerReader.read(message, chain);
        FunctionWork function = FunctionReader.read(message);
        int priority = priority(message.get("priority"));
        RetryPolicy retry = RetryReader.read(message.get("retry"), chain);
        Duration timeout = duration(message.get("timeout"));
        Duration waitDeadline = duration(message.get("waitDeadline"));

        Errors errors = message.errors();
        if (taskId != null && container != null) {
            Overrides.check(taskId, container, retry.attempts(), errors);
        }
        if (taskId == null || errors.count() > 0) {
            return new ParsedMessage.Invalid(errors.concern("taskId") ? null : taskId, errors.list());
        }
        TaskRequest request =
                new TaskRequest(taskId, container, function, chain, priority, retry, timeout, waitDeadline);
        checkSize(request, errors);
        return errors.count() > 0 ? new ParsedMessage.Invalid(taskId, errors.list()) : new ParsedMessage.Run(request);
    }

    /** The id that the field holds. */
    static @Nullable TaskId taskId(@Nullable Field field) {
        if (field == null) {
            return null;
        }
        if (field.value() instanceof Json.TextValue string && TaskId.isValid(string.text())) {
            return new TaskId(string.text());
        }
        field.refuse(TaskId.FORM);
        return null;
    }

    private static @Nullable TaskId taskId(Fields message, String messageId) {
        if (message.has("taskId")) {
            return taskId(message.get("taskId"));
        }
        if (TaskId.isValid(messageId)) {
            return new TaskId(messageId);
        }
        message.errors().add("taskId", "nothing, and a message id that cannot be a task id", TaskId.FORM);
        return null;
    }

    private static int priority(@Nullable Field field) {
        Integer priority = field == null
                ? null
                : field.wholeNumber(
                        0, TaskRequest.MAX_PRIORITY, "a whole number from 0 to " + TaskRequest.MAX_PRIORITY);
        return priority == null ? 0 : priority;
    }

    private static @Nullable Duration duration(@Nullable Field field) {
        String text = field == null ? null : field.text(Form.DURATION);
        if (field == null || text == null) {
            return null;
        }
        Duration duration = Duration.parse(text);
        if (duration.compareTo(MAX_DURATION) > 0) {
            field.refuse(Form.DURATION.wants());
            return null;
        }
        return duration;
    }

    private static void checkSize(TaskRequest request, Errors errors) {
        int bytes = TaskRequestJson.write(request).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MessageParser.MAX_REQUEST_BYTES) {
            errors.add(
                    JsonReader.WHOLE,
                    "a request of " + bytes + " bytes",
                    "at most " + MessageParser.MAX_REQUEST_BYTES + ": " + (bytes - MessageParser.MAX_REQUEST_BYTES)
                            + " too many");
        }
    }
}
