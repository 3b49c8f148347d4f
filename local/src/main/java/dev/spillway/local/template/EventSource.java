package dev.spillway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** What makes a function run; an entry under {@code Events} of an {@code AWS::Serverless::Function}. */
public sealed interface EventSource {

    /** Its key under {@code Events}. */
    String name();

    /**
     * Messages of a queue.
     *
     * @param queue the queue's logical id
     * @param batchSize messages of one invocation at most, 1–10,000
     * @param batchingWindow how long a batch may wait to fill, 0–300 s
     * @param reportBatchItemFailures whether the function's answer names the messages that failed
     * @param maximumConcurrency invocations at once at most, 2–1,000
     */
    record Sqs(
            String name,
            String queue,
            int batchSize,
            Duration batchingWindow,
            boolean reportBatchItemFailures,
            int maximumConcurrency)
            implements EventSource {}

    /**
     * The changes of a table.
     *
     * @param streamArn the stream of a table of the template
     * @param batchSize changes of one invocation at most, 1–10,000
     * @param reportBatchItemFailures whether the function's answer names the change from which on it failed
     */
    record DynamoDbStream(String name, String streamArn, int batchSize, boolean reportBatchItemFailures)
            implements EventSource {}

    /** Events of the default event bus that match a pattern. */
    record EventBridgeRule(String name, JsonNode pattern) implements EventSource {}

    /** A schedule such as {@code rate(1 minute)}. */
    record Schedule(String name, String expression) implements EventSource {}
}
