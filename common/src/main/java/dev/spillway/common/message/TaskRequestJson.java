package dev.spillway.common.message;

import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.RetryRule;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRequest;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as the message that asks for it, in one canonical text: fixed order of the fields, sorted names, no white
 * space. Equal requests have equal texts. What the message left to a default that a later version could choose
 * otherwise (chain, priority, attempts) is written out, so that a stored request keeps its meaning.
 */
public final class TaskRequestJson {

    private TaskRequestJson() {}

    /** The canonical message. It holds the environment, the command and the payload: never log it. */
    public static String write(TaskRequest request) {
        return JsonText.write(json(request));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalStateException if it is not the message of a task; the text names the task, if that can be read,
     *     and holds no value that may be a secret
     */
    public static TaskRequest read(String json) {
        return switch (MessageParser.parse(json, "")) {
            case ParsedMessage.Run run -> run.request();
            case ParsedMessage.Cancel cancel ->
                throw new IllegalStateException("the stored request is a cancel message for task " + cancel.taskId());
            case ParsedMessage.Invalid invalid ->
                throw new IllegalStateException("the stored request of "
                        + (invalid.taskId() == null ? "an unknown task" : "task " + invalid.taskId())
                        + " cannot be read: " + invalid.sentence());
        };
    }

    private static Json json(TaskRequest request) {
        Members message = new Members().text("taskId", request.taskId().value());
        ContainerWork container = request.container();
        FunctionWork function = request.function();
        if (container != null) {
            message.text("taskDefinition", container.taskDefinition());
        }
        if (function != null) {
            message.text("function", function.function()).put("payload", payload(request.taskId(), function));
        }
        if (container != null) {
            putOverrides(container, message);
        }
        message.texts("capacity", request.capacity().stream().map(Enum::name).toList());
        if (container != null && !container.placement().equals(Placement.ANYWHERE)) {
            message.put("placement", placement(container.placement()));
        }
        message.number("priority", request.priority()).put("retry", retry(request.retry()));
        if (request.timeout() != null) {
            message.text("timeout", request.timeout().toString());
        }
        if (request.waitDeadline() != null) {
            message.text("waitDeadline", request.waitDeadline().toString());
        }
        if (container != null && !container.tags().isEmpty()) {
            message.put("tags", texts(container.tags()));
        }
        return message.object();
    }

    /** The payload is text in the model; read here, so that a request made without the parser is canonical too. */
    private static Json payload(TaskId taskId, FunctionWork function) {
        Errors errors = new Errors();
        Json payload = JsonReader.read(function.payload(), errors);
        if (payload == null || errors.count() > 0) {
            throw new IllegalArgumentException("the payload of task " + taskId + " is not JSON");
        }
        return JsonText.sorted(payload);
    }

    private static void putOverrides(ContainerWork work, Members message) {
        if (work.container() != null) {
            message.text("container", work.container());
        }
        if (work.command() != null) {
            message.texts("command", work.command());
        }
        if (!work.environment().isEmpty()) {
            message.put("environment", texts(work.environment()));
        }
        if (work.cpu() != null) {
            message.number("cpu", work.cpu());
        }
        if (work.memory() != null) {
            message.number("memory", work.memory());
        }
    }

    private static Json placement(Placement placement) {
        Members json = new Members();
        if (!placement.constraints().isEmpty()) {
            json.texts(
                    "constraints",
                    placement.constraints().stream().map(PlacementReader::text).toList());
        }
        if (!placement.strategies().isEmpty()) {
            json.texts(
                    "strategies",
                    placement.strategies().stream().map(PlacementReader::text).toList());
        }
        return json.object();
    }

    private static Json retry(RetryPolicy retry) {
        Members json = new Members().number("attempts", retry.attempts());
        if (!retry.rules().isEmpty()) {
            json.put(
                    "rules",
                    new Json.ArrayValue(
                            retry.rules().stream().map(TaskRequestJson::rule).toList()));
        }
        return json.object();
    }

    private static Json rule(RetryRule rule) {
        Members json = new Members();
        switch (rule) {
            case RetryRule.OnExitCode onExitCode ->
                json.put(
                        "exitCode",
                        new Json.ArrayValue(onExitCode.exitCodes().stream()
                                .sorted()
                                .<Json>map(code -> new Json.NumberValue(code.toString()))
                                .toList()));
            case RetryRule.OnStopReason onStopReason -> json.text("stopReason", onStopReason.glob());
        }
        return json.text("action", rule.action().name().toLowerCase(Locale.ROOT))
                .object();
    }

    private static Json texts(Map<String, String> texts) {
        Members json = new Members();
        new TreeMap<>(texts).forEach(json::text);
        return json.object();
    }
}
