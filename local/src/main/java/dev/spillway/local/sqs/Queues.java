package dev.spillway.local.sqs;

import dev.spillway.local.template.QueueResource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Creates the queues of the template. */
public final class Queues {

    private Queues() {}

    /**
     * Creates the queues, dead-letter queues before those that name them.
     *
     * @return each queue's URL by its logical id
     */
    public static Map<String, String> create(SqsClient sqs, List<QueueResource> queues) {
        Map<String, String> urls = new LinkedHashMap<>();
        queues.stream()
                .sorted(Comparator.comparing(queue -> queue.redrive().isPresent()))
                .forEach(queue -> urls.put(
                        queue.logicalId(),
                        sqs.createQueue(create -> create.queueName(queue.name()).attributes(attributes(queue)))
                                .queueUrl()));
        return urls;
    }

    private static Map<QueueAttributeName, String> attributes(QueueResource queue) {
        Map<QueueAttributeName, String> attributes = new LinkedHashMap<>();
        attributes.put(
                QueueAttributeName.VISIBILITY_TIMEOUT,
                Long.toString(queue.visibilityTimeout().toSeconds()));
        attributes.put(
                QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                Long.toString(queue.retention().toSeconds()));
        queue.redrive()
                .ifPresent(redrive -> attributes.put(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
                                .formatted(redrive.deadLetterQueueArn(), redrive.maxReceiveCount())));
        return attributes;
    }
}
