package dev.spillway.common.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskSize;
import org.jspecify.annotations.Nullable;

/**
 * A message of the release queue, which only the deployment's own functions may send to: the driver is to go on with a
 * task that has a record.
 *
 * @param reach what of the task's fallback chain is to be asked
 */
public record ReleaseMessage(TaskId taskId, Reach reach) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIELD = "release";
    private static final String INSTANCES = "instances";
    private static final String FULL = "full";
    private static final String CPU = "cpu";
    private static final String MEMORY = "memory";

    /** How much of its fallback chain a released task asks. */
    public sealed interface Reach {

        /** All of it: there is room on an instance, or a time has come. */
        record WholeChain() implements Reach {}

        /**
         * Only what is not a container instance: those have no room for it, and whether others do only asking tells.
         *
         * @param roomiest what is free on the roomiest instance that it may use; null if there is none
         */
        record BeyondInstances(@Nullable TaskSize roomiest) implements Reach {}
    }

    /** The message's body. */
    public String body() {
        ObjectNode body = JSON.createObjectNode().put(FIELD, taskId.value());
        if (reach instanceof Reach.BeyondInstances beyond) {
            ObjectNode full = body.putObject(INSTANCES).putObject(FULL);
            if (beyond.roomiest() instanceof TaskSize free) {
                full.put(CPU, free.cpu()).put(MEMORY, free.memory());
            }
        }
        return body.toString();
    }

    /**
     * Reads a body.
     *
     * @throws IllegalArgumentException if it is not a body of {@link #body}
     */
    public static ReleaseMessage read(String body) {
        try {
            JsonNode message = JSON.readTree(body);
            if (message.path(FIELD).isTextual()) {
                return new ReleaseMessage(new TaskId(message.path(FIELD).textValue()), reach(message.path(INSTANCES)));
            }
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("a release is {\"release\": \"<taskId>\"}", notJson);
        }
        throw new IllegalArgumentException("a release is {\"release\": \"<taskId>\"}");
    }

    private static Reach reach(JsonNode instances) {
        JsonNode full = instances.path(FULL);
        if (!full.isObject()) {
            return new Reach.WholeChain();
        }
        boolean any = full.path(CPU).isInt() && full.path(MEMORY).isInt();
        return new Reach.BeyondInstances(
                any ? new TaskSize(full.path(CPU).intValue(), full.path(MEMORY).intValue()) : null);
    }
}
