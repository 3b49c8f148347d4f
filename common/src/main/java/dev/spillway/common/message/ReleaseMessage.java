package dev.spillway.common.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.common.task.TaskId;

/**
 * A message of the release queue, which only the deployment's own functions may send to: the driver is to go on with a
 * task that has a record.
 */
public final class ReleaseMessage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIELD = "release";

    private ReleaseMessage() {}

    /** The message's body. */
    public static String body(TaskId taskId) {
        return JSON.createObjectNode().put(FIELD, taskId.value()).toString();
    }

    /**
     * The task that a body names.
     *
     * @throws IllegalArgumentException if it is not a body of {@link #body}
     */
    public static TaskId read(String body) {
        try {
            JsonNode release = JSON.readTree(body).path(FIELD);
            if (release.isTextual()) {
                return new TaskId(release.textValue());
            }
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("a release is {\"release\": \"<taskId>\"}", notJson);
        }
        throw new IllegalArgumentException("a release is {\"release\": \"<taskId>\"}");
    }
}
