package dev.spillway.common.message;

import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.TaskId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code overrides} that RunTask will be called with, to know their length before the call. ECS allows 8,192
 * characters of JSON, with its brackets and quotation marks (ECS API reference, RunTask, {@code overrides}).
 */
final class Overrides {

    static final int MAX_CHARACTERS = 8_192;

    /** The longest name of a container; which one gets the overrides is not known before its definition is read. */
    private static final int LONGEST_NAME = 255;

    private Overrides() {}

    /** Notes by how much the overrides of the longest launch, the last attempt, are too long. */
    static void check(TaskId taskId, ContainerWork work, int attempts, Errors errors) {
        int length = length(taskId, work, attempts);
        if (length > MAX_CHARACTERS) {
            String name = work.container() == null ? " (" + LONGEST_NAME + " of them for the container's name)" : "";
            errors.add(
                    JsonReader.WHOLE,
                    "container overrides of " + length + " characters as JSON" + name,
                    "at most " + MAX_CHARACTERS + ": " + (length - MAX_CHARACTERS)
                            + " too many in command and environment");
        }
    }

    /** Characters of the overrides of one launch. */
    static int length(TaskId taskId, ContainerWork work, int attempt) {
        return JsonText.lengthAsSent(json(taskId, work, attempt));
    }

    /** As it will be sent: CPU and memory twice, for the container as numbers and for the task as strings. */
    private static Json json(TaskId taskId, ContainerWork work, int attempt) {
        String name = work.container();
        Members container = new Members().text("name", name == null ? "x".repeat(LONGEST_NAME) : name);
        Members task = new Members().put("containerOverrides", new Json.ArrayValue(List.of(container.object())));
        if (work.command() != null) {
            container.texts("command", work.command());
        }
        container.put("environment", environment(taskId, work, attempt));
        putSize("cpu", work.cpu(), container, task);
        putSize("memory", work.memory(), container, task);
        return task.object();
    }

    private static void putSize(String name, @Nullable Integer size, Members container, Members task) {
        if (size != null) {
            container.number(name, size);
            task.text(name, size.toString());
        }
    }

    private static Json environment(TaskId taskId, ContainerWork work, int attempt) {
        Map<String, String> all = new TreeMap<>(work.environment());
        all.put(ContainerReader.RESERVED_ENVIRONMENT + "TASK_ID", taskId.value());
        all.put(ContainerReader.RESERVED_ENVIRONMENT + "ATTEMPT", String.valueOf(attempt));
        return new Json.ArrayValue(all.entrySet().stream()
                .<Json>map(variable -> new Members()
                        .text("name", variable.getKey())
                        .text("value", variable.getValue())
                        .object())
                .toList());
    }
}
