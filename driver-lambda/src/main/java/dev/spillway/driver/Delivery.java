package dev.spillway.driver;

import java.time.Instant;

/**
 * One message as SQS delivered it.
 *
 * @param queueArn the queue that it came from
 * @param sentAt when it was sent: the age of its task
 */
record Delivery(String messageId, String queueArn, String body, Instant sentAt) {}
