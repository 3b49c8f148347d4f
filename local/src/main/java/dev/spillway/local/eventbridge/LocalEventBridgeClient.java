package dev.spillway.local.eventbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** EventBridge's PutEvents on the local bus; a faulty entry fails alone, as in the service (EventBridge API reference). */
public final class LocalEventBridgeClient implements EventBridgeClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_ENTRIES = 10;

    private final EventBus bus;
    private final Envelope envelope;
    private final Clock clock;

    /** A client of the given bus. */
    public LocalEventBridgeClient(EventBus bus, Envelope envelope, Clock clock) {
        this.bus = bus;
        this.envelope = envelope;
        this.clock = clock;
    }

    @Override
    public PutEventsResponse putEvents(PutEventsRequest request) {
        if (request.entries().isEmpty() || request.entries().size() > MOST_ENTRIES) {
            throw EventBridgeException.builder()
                    .message("PutEvents takes 1 to 10 entries, not %d."
                            .formatted(request.entries().size()))
                    .statusCode(400)
                    .build();
        }
        List<PutEventsResultEntry> results =
                request.entries().stream().map(this::put).toList();
        int failed = (int)
                results.stream().filter(result -> result.errorCode() != null).count();
        return PutEventsResponse.builder()
                .entries(results)
                .failedEntryCount(failed)
                .build();
    }

    private PutEventsResultEntry put(PutEventsRequestEntry entry) {
        if (entry.eventBusName() != null && !entry.eventBusName().equals("default")) {
            return failure("InvalidArgument", "There is no event bus " + entry.eventBusName() + " here.");
        }
        if (entry.source() == null || entry.detailType() == null || entry.detail() == null) {
            return failure("InvalidArgument", "Source, DetailType and Detail are required.");
        }
        JsonNode detail;
        try {
            detail = JSON.readTree(entry.detail());
        } catch (JsonProcessingException e) {
            return failure("MalformedDetail", "Detail is malformed.");
        }
        if (!detail.isObject()) {
            return failure("MalformedDetail", "Detail is malformed.");
        }
        Instant time = Objects.requireNonNullElseGet(entry.time(), clock::instant);
        ObjectNode event = envelope.event(entry.source(), entry.detailType(), time, entry.resources(), detail);
        bus.put(event);
        return PutEventsResultEntry.builder()
                .eventId(event.path("id").textValue())
                .build();
    }

    private static PutEventsResultEntry failure(String code, String message) {
        return PutEventsResultEntry.builder()
                .errorCode(code)
                .errorMessage(message)
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
