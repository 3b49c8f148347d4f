package dev.spillway.driver;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The dead-letter queue. */
final class SqsDeadLetters implements DeadLetters {

    /** SQS takes 1 MiB, attributes included (SQS developer guide, "Message quotas"). */
    private static final int MAX_BYTES = 1_048_576;

    /** Leaves room for the attributes. */
    private static final int MAX_REASON = 8_192;

    private static final int MAX_BODY_BYTES = MAX_BYTES - 4 * MAX_REASON;

    private final SqsClient sqs;
    private final String queueUrl;

    SqsDeadLetters(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    @Override
    public void put(Delivery delivery, String reason) {
        String shown = beginning(reason);
        sqs.sendMessage(r -> r.queueUrl(queueUrl)
                .messageBody(fitting(delivery.body()))
                .messageAttributes(Map.of("reason", text(shown), "source_message_id", text(delivery.messageId()))));
    }

    /** Half a character at the end would make SQS refuse the message. */
    private static String beginning(String reason) {
        if (reason.length() <= MAX_REASON) {
            return reason;
        }
        int end = Character.isHighSurrogate(reason.charAt(MAX_REASON - 1)) ? MAX_REASON - 1 : MAX_REASON;
        return reason.substring(0, end);
    }

    /** A body that fills a message leaves no room for the reason, and an empty one is refused by SQS. */
    private static String fitting(String body) {
        if (body.isEmpty()) {
            return " ";
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_BODY_BYTES) {
            return body;
        }
        int end = MAX_BODY_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
