package dev.spillway.taskstate.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spillway.common.ecs.StartedBy;
import dev.spillway.common.task.TaskId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads events. What is not for this function, or is not as AWS documents it, is {@link Event.Ignored} and says why: an
 * odd event must not stop the others, and what it might have told the sweep finds out from ECS itself.
 */
public final class EventReader {

    private final Cluster cluster;

    /** @param cluster name or ARN of the cluster that the deployment runs on */
    public EventReader(String cluster) {
        this.cluster = new Cluster(cluster);
    }

    /** Reads one event. */
    public Event read(JsonNode event) {
        String type = event.path("detail-type").asText();
        JsonNode detail = event.path("detail");
        String account = event.path("account").asText();
        return switch (event.path("source").asText() + ": " + type) {
            case "aws.ecs: ECS Task State Change" -> taskChanged(account, detail);
            case "aws.ecs: ECS Container Instance State Change" -> instanceChanged(account, detail);
            case "lambda: Lambda Function Invocation Result - Success",
                    "lambda: Lambda Function Invocation Result - Failure" ->
                cluster.isInAccount(account)
                        ? functionEnded(detail)
                        : new Event.Ignored("an invocation in another account");
            case "aws.events: Scheduled Event" -> new Event.MinutePassed();
            default -> new Event.Ignored("an event of type \"" + shown(type) + "\"");
        };
    }

    private Event taskChanged(String account, JsonNode detail) {
        if (!cluster.owns(account, detail)) {
            return new Event.Ignored("a task of another cluster");
        }
        Optional<TaskId> taskId = StartedBy.taskId(textOrEmpty(detail, "startedBy"));
        if (taskId.isEmpty()) {
            return new Event.Ignored("a task that no message started");
        }
        String taskArn = text(detail, "taskArn");
        String lastStatus = text(detail, "lastStatus");
        JsonNode version = detail.path("version");
        if (taskArn == null || lastStatus == null || !isWholeNumber(version)) {
            return new Event.Ignored("a task event without taskArn, version or lastStatus");
        }
        List<TaskChange.Container> containers = new ArrayList<>();
        if (!readContainers(detail.path("containers"), containers)) {
            return new Event.Ignored("a task event whose containers are not as documented");
        }
        return new Event.TaskChanged(
                taskId.get(),
                new TaskChange(
                        taskArn,
                        version.longValue(),
                        lastStatus,
                        textOrEmpty(detail, "taskDefinitionArn"),
                        text(detail, "launchType"),
                        text(detail, "containerInstanceArn"),
                        text(detail, "stopCode"),
                        textOrEmpty(detail, "stoppedReason"),
                        containers,
                        instant(detail, "startedAt"),
                        instant(detail, "stoppedAt")));
    }

    /** An exit code that cannot be read must not pass for one that is absent: that means the container never ran. */
    private static boolean readContainers(JsonNode array, List<TaskChange.Container> containers) {
        if (!array.isArray() && !array.isMissingNode() && !array.isNull()) {
            return false;
        }
        for (JsonNode c : array) {
            JsonNode exitCode = c.path("exitCode");
            boolean absent = exitCode.isMissingNode() || exitCode.isNull();
            if (!c.isObject() || !(absent || exitCode.isInt())) {
                return false;
            }
            containers.add(new TaskChange.Container(
                    textOrEmpty(c, "name"), absent ? null : exitCode.intValue(), textOrEmpty(c, "reason")));
        }
        return true;
    }

    private Event instanceChanged(String account, JsonNode detail) {
        if (!cluster.owns(account, detail)) {
            return new Event.Ignored("an instance of another cluster");
        }
        boolean takesTasks = "ACTIVE".equals(text(detail, "status"))
                && detail.path("agentConnected").booleanValue();
        String arn = text(detail, "containerInstanceArn");
        return arn == null
                ? new Event.Ignored("an instance event without containerInstanceArn")
                : new Event.InstanceChanged(arn, takesTasks);
    }

    private Event functionEnded(JsonNode detail) {
        JsonNode payload = detail.path("requestPayload");
        JsonNode context = detail.path("requestContext");
        String taskId = text(payload, "taskId");
        JsonNode launch = payload.path("launch");
        String requestId = text(context, "requestId");
        String condition = text(context, "condition");
        if (taskId == null || !TaskId.isValid(taskId) || !launch.isInt()) {
            return new Event.Ignored("an invocation that no message started");
        }
        String owner = text(payload, "cluster");
        if (owner != null && !cluster.isNamed(owner)) {
            return new Event.Ignored("an invocation of another deployment");
        }
        if (requestId == null || condition == null) {
            return new Event.Ignored("the result of an invocation without requestId or condition");
        }
        boolean succeeded = condition.equals("Success");
        Instant at = instant(detail, "timestamp");
        return new Event.FunctionEnded(
                new TaskId(taskId),
                launch.intValue(),
                requestId,
                succeeded,
                succeeded ? null : error(condition, detail),
                at == null ? Instant.EPOCH : at);
    }

    /** The condition says why Lambda gave up; the error is the function's own. Its response is never kept. */
    private static String error(String condition, JsonNode detail) {
        String error = textOrEmpty(detail.path("responseContext"), "functionError");
        int tries = detail.path("requestContext").path("approximateInvokeCount").asInt();
        return condition + (error.isEmpty() ? "" : " (" + error + ")") + " after " + tries + " invocations";
    }

    private static boolean isWholeNumber(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong();
    }

    private static String textOrEmpty(JsonNode node, String field) {
        String text = text(node, field);
        return text == null ? "" : text;
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
    }

    private static @Nullable Instant instant(JsonNode node, String field) {
        String text = text(node, field);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException odd) {
            // The record then takes the instant of the invocation.
            return null;
        }
    }

    /** For the log, which a long name must not fill. */
    private static String shown(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
