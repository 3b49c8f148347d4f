package dev.spillway.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

class SqsDeadLettersTest {

    private static final int MIB = 1_048_576;

    private final List<SendMessageRequest> sent = new ArrayList<>();

    private final SqsClient sqs = new SqsClient() {
        @Override
        public SendMessageResponse sendMessage(SendMessageRequest request) {
            sent.add(request);
            return SendMessageResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    };

    @Test
    void theReasonAndTheMessageIdAreAttributes() {
        put("hello", "no JSON");
        assertThat(sent.getFirst().messageBody()).isEqualTo("hello");
        assertThat(attribute("reason")).isEqualTo("no JSON");
        assertThat(attribute("source_message_id")).isEqualTo("m1");
    }

    @Test
    void aBodyThatFillsAMessageIsCutBetweenCharactersSoThatTheReasonHasRoom() {
        put("é".repeat(MIB / 2), "x".repeat(100_000));
        SendMessageRequest request = sent.getFirst();
        String body = request.messageBody();
        int bytes = body.getBytes(StandardCharsets.UTF_8).length
                + attribute("reason").length()
                + 1_000;
        assertThat(bytes).isLessThan(MIB);
        assertThat(body).endsWith("é").doesNotContain("\uFFFD");
    }

    @Test
    void anEmptyBodyIsSentAsABlankOneWhichSqsTakes() {
        put("", "empty");
        assertThat(sent.getFirst().messageBody()).isEqualTo(" ");
    }

    private String attribute(String name) {
        return Objects.requireNonNull(sent.getFirst().messageAttributes().get(name))
                .stringValue();
    }

    private void put(String body, String reason) {
        new SqsDeadLetters(sqs, "https://queue").put(new Delivery("m1", "queue", body, Instant.EPOCH), reason);
    }
}
