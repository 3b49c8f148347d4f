package dev.spillway.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * The form that all events have (EventBridge user guide, "AWS service event metadata").
 *
 * @param region of the events, for example {@code us-east-1}
 * @param account of the events, 12 digits
 */
public record Envelope(String region, String account) {

    /** An event with a new id. */
    public ObjectNode event(String source, String detailType, Instant time, List<String> resources, JsonNode detail) {
        return event(UUID.randomUUID().toString(), source, detailType, time, resources, detail);
    }

    /** An event whose id the caller chose, as a world does that is the same for the same seed. */
    public ObjectNode event(
            String id, String source, String detailType, Instant time, List<String> resources, JsonNode detail) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("version", "0");
        event.put("id", id);
        event.put("detail-type", detailType);
        event.put("source", source);
        event.put("account", account);
        event.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", region);
        resources.forEach(event.putArray("resources")::add);
        event.set("detail", detail);
        return event;
    }
}
