package dev.spillway.local.template;

import java.time.Duration;
import java.util.Optional;

/**
 * A queue of the template.
 *
 * @param arn the queue's ARN
 * @param visibilityTimeout how long a received message is hidden from others, 0–12 h
 * @param retention how long a message is kept, 60 s–14 days
 * @param redrive where messages go that were received too often
 */
public record QueueResource(
        String logicalId,
        String name,
        String arn,
        Duration visibilityTimeout,
        Duration retention,
        Optional<Redrive> redrive) {

    /**
     * A redrive policy.
     *
     * @param maxReceiveCount receives after which a message is moved, 1–1,000
     * @param deadLetterQueueArn where it is moved to
     */
    public record Redrive(int maxReceiveCount, String deadLetterQueueArn) {}
}
