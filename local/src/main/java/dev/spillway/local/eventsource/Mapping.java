package dev.spillway.local.eventsource;

import java.time.Duration;

/**
 * One event source mapping.
 *
 * @param queueUrl the queue that is polled
 * @param queueArn its ARN, as the function sees it
 * @param region as the function sees it
 * @param batchSize messages of one invocation at most, 1–10,000
 * @param batchingWindow how long a batch may wait to fill, 0–300 s
 * @param reportBatchItemFailures whether the function's answer names the messages that failed
 * @param maximumConcurrency invocations at once at most, 1–1,000
 */
public record Mapping(
        String queueUrl,
        String queueArn,
        String region,
        int batchSize,
        Duration batchingWindow,
        boolean reportBatchItemFailures,
        int maximumConcurrency) {}
