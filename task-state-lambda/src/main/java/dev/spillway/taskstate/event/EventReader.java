package dev.spillway.taskstate.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spillway.common.task.TaskId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads events. What is not for this function, or is not as AWS documents it, is {@link Event.Ignored} and says why: an
 * odd event must not stop the others.
 */
public final class EventReader {

    private final String cluster;

    /** @param cluster name or ARN of the cluster that the deployment runs on */
    public EventReader(String cluster) {
        this.cluster = cluster.substring(cluster.lastIndexOf('/') + 1);
    }

    /** Reads one event. */
    public Event read(JsonNode event) {
        JsonNode detail = event.path("detail");
        return switch (event.path("detail-type").asText()) {
            case "ECS Task State Change" -> taskChanged(detail);
            case "ECS Container Instance State Change" -> instanceChanged(detail);
            case "Lambda Function Invocation Result - Success", "Lambda Function Invocation Result - Failure" ->
                functionEnded(detail);
            case "Scheduled Event" -> new Event.MinutePassed();
            default ->
                new Event.Ignored(
                        "an event of type \"" + event.path("detail-type").asText() + "\"");
        };
    }

    private Event taskChanged(JsonNode detail) {
        String startedBy = detail.path("startedBy").asText();
        if (!isOurs(detail)) {
            return new Event.Ignored("a task of another cluster");
        }
        // Services and other launchers have their own startedBy; one that happens to be an id has no record.
        if (!TaskId.isValid(startedBy)) {
            return new Event.Ignored("a task that no message started");
        }
        if (!detail.path("taskArn").isTextual()
                || !detail.path("version").canConvertToLong()
                || !detail.path("lastStatus").isTextual()) {
            return new Event.Ignored("a task event without taskArn, version or lastStatus");
        }
        return new Event.TaskChanged(new TaskId(startedBy), change(detail));
    }

    private static TaskChange change(JsonNode detail) {
        List<TaskChange.Container> containers = new ArrayList<>();
        for (JsonNode c : detail.path("containers")) {
            JsonNode exitCode = c.path("exitCode");
            containers.add(new TaskChange.Container(
                    c.path("name").asText(),
                    exitCode.isInt() ? exitCode.intValue() : null,
                    c.path("reason").asText()));
        }
        return new TaskChange(
                detail.path("taskArn").asText(),
                detail.path("version").asLong(),
                detail.path("lastStatus").asText(),
                detail.path("taskDefinitionArn").asText(),
                text(detail, "containerInstanceArn"),
                text(detail, "stopCode"),
                detail.path("stoppedReason").asText(),
                containers,
                instant(detail, "startedAt"),
                instant(detail, "stoppedAt"));
    }

    private Event instanceChanged(JsonNode detail) {
        if (!isOurs(detail)) {
            return new Event.Ignored("an instance of another cluster");
        }
        boolean takesTasks = detail.path("status").asText().equals("ACTIVE")
                && detail.path("agentConnected").asBoolean();
        String arn = text(detail, "containerInstanceArn");
        return takesTasks && arn != null
                ? new Event.InstanceChanged(arn)
                : new Event.Ignored("an instance that takes no tasks");
    }

    private static Event functionEnded(JsonNode detail) {
        JsonNode payload = detail.path("requestPayload");
        JsonNode context = detail.path("requestContext");
        String taskId = payload.path("taskId").asText();
        String requestId = context.path("requestId").asText();
        if (!TaskId.isValid(taskId) || requestId.isEmpty()) {
            return new Event.Ignored("an invocation that no message started");
        }
        boolean succeeded = context.path("condition").asText().equals("Success");
        Instant at = instant(detail, "timestamp");
        return new Event.FunctionEnded(
                new TaskId(taskId),
                payload.path("launch").asInt(),
                requestId,
                succeeded,
                succeeded ? null : error(detail),
                at == null ? Instant.EPOCH : at);
    }

    /** The condition says why Lambda gave up; the error is the function's own. Its response is never kept. */
    private static String error(JsonNode detail) {
        String condition = detail.path("requestContext").path("condition").asText("Failure");
        String error = detail.path("responseContext").path("functionError").asText();
        int tries = detail.path("requestContext").path("approximateInvokeCount").asInt();
        return condition + (error.isEmpty() ? "" : " (" + error + ")") + " after " + tries + " invocations";
    }

    private boolean isOurs(JsonNode detail) {
        String arn = detail.path("clusterArn").asText();
        return arn.substring(arn.lastIndexOf('/') + 1).equals(cluster);
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
}
