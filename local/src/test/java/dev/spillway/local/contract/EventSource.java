package dev.spillway.local.contract;

import dev.spillway.local.eventsource.BatchFunction;
import dev.spillway.local.eventsource.Mapping;
import dev.spillway.local.eventsource.SqsEventSourceMapping;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue that feeds a function, as the event source mapping of Lambda does. */
final class EventSource implements AutoCloseable {

    private final Queue queue;
    private final String arn;
    private final SqsClient polling;
    private final SqsEventSourceMapping mapping;
    private final Map<String, CompletableFuture<String>> deletions = new ConcurrentHashMap<>();

    private EventSource(Queue queue, AwsServer server, BatchFunction function) {
        this.queue = queue;
        this.arn = String.valueOf(queue.attributes().get(QueueAttributeName.QUEUE_ARN));
        this.polling = server.pollingSqs();
        this.mapping = SqsEventSourceMapping.start(
                new Mapping(queue.url(), arn, server.region(), 10, Duration.ZERO, true, 1),
                polling,
                function,
                id -> true,
                ids -> ids.forEach(id -> deletion(id).complete(id)),
                Clock.systemUTC());
    }

    /**
     * Starts to poll.
     *
     * @param queue the queue's logical id
     */
    static EventSource of(Stack stack, AwsServer server, String queue, BatchFunction function) {
        return new EventSource(stack.queue(queue), server, function);
    }

    Queue queue() {
        return queue;
    }

    String arn() {
        return arn;
    }

    /** Returns when the function has dealt with a message and it is deleted. */
    void awaitDeletion(String messageId) throws Exception {
        deletion(messageId).get(20, TimeUnit.SECONDS);
    }

    private CompletableFuture<String> deletion(String messageId) {
        return deletions.computeIfAbsent(messageId, id -> new CompletableFuture<>());
    }

    @Override
    public void close() {
        mapping.close();
        polling.close();
    }
}
