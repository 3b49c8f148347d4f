package dev.spillway.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** A queue whose messages are handled while they are sent, and a dead-letter queue. */
public final class FakeSqs implements SqsClient {

    /** A message with this in it spoils its whole batch. */
    public static final String SPOILS_BATCH = "spoils-batch";

    /** A message with this in it is refused, and its batch is not. */
    public static final String REFUSED = "refused";

    private final BiConsumer<String, String> driver;
    private final ConcurrentLinkedQueue<Message> deadLetters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();

    /**
     * @param driver gets the id and the body of each message
     */
    public FakeSqs(BiConsumer<String, String> driver) {
        this.driver = driver;
    }

    /** Puts a message into the dead-letter queue, as the driver does; without a reason as SQS does. */
    public void deadLetter(String messageId, @Nullable String reason) {
        Message.Builder message = Message.builder().receiptHandle("handle");
        if (reason == null) {
            deadLetters.add(message.messageId(messageId).build());
        } else {
            deadLetters.add(message.messageId("dead-" + messageId)
                    .messageAttributes(Map.of("reason", text(reason), "source_message_id", text(messageId)))
                    .build());
        }
    }

    /** Lets the task queue look as if a function had not answered for a message yet. */
    public void inFlight(int messages) {
        inFlight.set(messages);
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
        if (request.entries().size() > 10) {
            throw SqsException.builder().message("too many entries").build();
        }
        if (request.entries().stream().anyMatch(entry -> entry.messageBody().contains(SPOILS_BATCH))) {
            throw SqsException.builder().message("invalid characters").build();
        }
        List<SendMessageBatchResultEntry> successful = new ArrayList<>();
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        request.entries().forEach(entry -> {
            if (entry.messageBody().contains(REFUSED)) {
                failed.add(BatchResultErrorEntry.builder()
                        .id(entry.id())
                        .message("too large")
                        .build());
                return;
            }
            String messageId = "message-" + sent.incrementAndGet();
            driver.accept(messageId, entry.messageBody());
            successful.add(SendMessageBatchResultEntry.builder()
                    .id(entry.id())
                    .messageId(messageId)
                    .build());
        });
        return SendMessageBatchResponse.builder()
                .successful(successful)
                .failed(failed)
                .build();
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        Message message = deadLetters.poll();
        return ReceiveMessageResponse.builder()
                .messages(message == null ? List.of() : List.of(message))
                .build();
    }

    @Override
    public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
        return DeleteMessageBatchResponse.builder().build();
    }

    @Override
    public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
        return GetQueueAttributesResponse.builder()
                .attributesWithStrings(Map.of(
                        "ApproximateNumberOfMessages",
                        "0",
                        "ApproximateNumberOfMessagesNotVisible",
                        String.valueOf(inFlight.get())))
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
