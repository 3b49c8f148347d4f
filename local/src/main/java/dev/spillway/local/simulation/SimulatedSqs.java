package dev.spillway.local.simulation;

import dev.spillway.local.ecs.KnownFields;
import dev.spillway.local.sqs.QueueMetrics;
import dev.spillway.local.template.QueueResource;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** The queues of the template as a client that sends sees them. Receiving is the business of event source mappings. */
final class SimulatedSqs implements SqsClient {

    private final Map<String, SimulatedQueue> byLogicalId = new LinkedHashMap<>();
    private final String urlPrefix;
    private final Random random;
    private Predicate<SimulatedQueue> loses = queue -> false;

    /**
     * The queues, empty.
     *
     * @param urlPrefix what stands before a queue's name in its URL
     * @param seed of the message ids
     */
    SimulatedSqs(List<QueueResource> queues, String urlPrefix, Timeline timeline, long seed) {
        this.urlPrefix = urlPrefix;
        this.random = new Random(seed);
        queues.forEach(queue -> byLogicalId.put(queue.logicalId(), new SimulatedQueue(queue, timeline, this::byArn)));
    }

    /** From now on, sends to a queue for which this holds are answered and the message is gone. */
    void lose(Predicate<SimulatedQueue> which) {
        loses = which;
    }

    /** What each queue holds, by its name. */
    Map<String, QueueMetrics.Depth> depths() {
        Map<String, QueueMetrics.Depth> depths = new LinkedHashMap<>();
        byLogicalId.values().forEach(queue -> depths.put(queue.name(), queue.depth()));
        return depths;
    }

    SimulatedQueue queue(String logicalId) {
        SimulatedQueue queue = byLogicalId.get(logicalId);
        if (queue == null) {
            throw new NoSuchElementException("no queue of the template has the logical id " + logicalId);
        }
        return queue;
    }

    private SimulatedQueue byArn(String arn) {
        return byLogicalId.values().stream()
                .filter(queue -> queue.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no queue of the template has the ARN " + arn));
    }

    private SimulatedQueue byUrl(String url) {
        String name = url.startsWith(urlPrefix) ? url.substring(urlPrefix.length()) : url;
        return byLogicalId.values().stream()
                .filter(queue -> queue.arn().endsWith(":" + name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no queue of the template has the URL " + url));
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        KnownFields.require(
                request, "SendMessage", Set.of("QueueUrl", "MessageBody", "DelaySeconds", "MessageAttributes"));
        String id = send(
                byUrl(request.queueUrl()), request.messageBody(), request.messageAttributes(), request.delaySeconds());
        return SendMessageResponse.builder().messageId(id).build();
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
        KnownFields.require(request, "SendMessageBatch", Set.of("QueueUrl", "Entries"));
        SimulatedQueue queue = byUrl(request.queueUrl());
        List<SendMessageBatchResultEntry> sent = new ArrayList<>();
        for (SendMessageBatchRequestEntry entry : request.entries()) {
            KnownFields.require(
                    entry,
                    "SendMessageBatchRequestEntry",
                    Set.of("Id", "MessageBody", "DelaySeconds", "MessageAttributes"));
            String id = send(queue, entry.messageBody(), entry.messageAttributes(), entry.delaySeconds());
            sent.add(SendMessageBatchResultEntry.builder()
                    .id(entry.id())
                    .messageId(id)
                    .build());
        }
        return SendMessageBatchResponse.builder().successful(sent).build();
    }

    private String send(
            SimulatedQueue queue,
            String body,
            Map<String, MessageAttributeValue> attributes,
            @Nullable Integer delaySeconds) {
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        if (!loses.test(queue)) {
            queue.send(id, body, attributes, Duration.ofSeconds(delaySeconds == null ? 0 : delaySeconds));
        }
        return id;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Nothing to close. */
    @Override
    public void close() {}
}
