package dev.spillway.local.sqs;

import dev.spillway.local.template.QueueResource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The queues of the template. */
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

    /**
     * What each queue holds, by its name. ElasticMQ does not say how old a message is, and to receive one only to find out
     * would count as a receive: the age of the oldest is not known here.
     *
     * @param urls by logical id
     * @return without the queues that were not reached when the thread was interrupted, as it is when everything stops
     */
    public static Map<String, QueueMetrics.Depth> depths(
            SqsClient sqs, List<QueueResource> queues, Map<String, String> urls) {
        Map<String, QueueMetrics.Depth> depths = new LinkedHashMap<>();
        try {
            for (QueueResource queue : queues) {
                int visible = visible(sqs, urls.get(queue.logicalId()));
                depths.put(queue.name(), new QueueMetrics.Depth(visible, Optional.empty()));
            }
        } catch (AbortedException stopped) {
            // Nobody looks at the metrics any more.
            Thread.currentThread().interrupt();
        }
        return depths;
    }

    private static int visible(SqsClient sqs, @Nullable String url) {
        return Integer.parseInt(sqs.getQueueAttributes(
                        get -> get.queueUrl(url).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .attributes()
                .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
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
