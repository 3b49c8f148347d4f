package dev.spillway.local.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Which task a message is about. */
final class LineTask {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LineTask() {}

    /**
     * The id that the message's record has, if it gets one. Whether the message is any good is not judged here: only
     * the driver decides that.
     */
    static String idOf(String body, String messageId) {
        try {
            JsonNode message = JSON.readTree(body);
            JsonNode id = message.hasNonNull("cancel") ? message.get("cancel") : message.get("taskId");
            return id != null && id.isTextual() ? id.textValue() : messageId;
        } catch (JsonProcessingException e) {
            return messageId;
        }
    }
}
