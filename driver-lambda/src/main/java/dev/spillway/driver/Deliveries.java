package dev.spillway.driver;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Instant;

/** Reads the messages of an SQS event. */
final class Deliveries {

    private Deliveries() {}

    static Delivery of(SQSEvent.SQSMessage message) {
        String body = message.getBody();
        return new Delivery(
                message.getMessageId(),
                message.getEventSourceArn(),
                body == null ? "" : body,
                // Milliseconds since the epoch (SQS API reference, ReceiveMessage).
                Instant.ofEpochMilli(Long.parseLong(message.getAttributes().get("SentTimestamp"))));
    }
}
