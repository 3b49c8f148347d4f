package dev.spillway.local.contract;

import dev.spillway.local.template.LocalResourceValues;
import dev.spillway.local.template.Resource;
import dev.spillway.local.template.ResourceValues;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What the resources of template.yaml are called on a server of which only the endpoint is known. The template names
 * queues by URL and ARN before they are made; what those look like is learnt from one queue, made and deleted for that
 * alone.
 */
final class ProbedResourceValues implements ResourceValues {

    private final String region;
    private final Supplier<QueueAddress> probe;
    private @Nullable QueueAddress probed;

    ProbedResourceValues(String region, Supplier<QueueAddress> probe) {
        this.region = region;
        this.probe = probe;
    }

    /**
     * What queues are called.
     *
     * @param urlBefore of a queue's URL all that comes before its name
     * @param account 12 digits
     */
    record QueueAddress(String urlBefore, String account) {}

    static QueueAddress probe(SqsClient sqs) {
        String name = "spillway-contract-" + UUID.randomUUID();
        String url = sqs.createQueue(create -> create.queueName(name)).queueUrl();
        String arn = String.valueOf(
                sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN));
        sqs.deleteQueue(delete -> delete.queueUrl(url));
        return new QueueAddress(url.substring(0, url.length() - name.length()), arn.split(":")[4]);
    }

    @Override
    public Optional<String> ref(Resource resource) {
        return switch (resource.type()) {
            case "AWS::SQS::Queue" -> Optional.of(queues().urlBefore() + resource.name());
            default -> Optional.of(resource.name());
        };
    }

    /** An ARN has the same form on every server; only the account is the server's own. */
    @Override
    public Optional<String> attribute(Resource resource, String attribute) {
        return new LocalResourceValues(region, queues().account(), URI.create(queues().urlBefore()))
                .attribute(resource, attribute);
    }

    private QueueAddress queues() {
        QueueAddress known = probed == null ? probe.get() : probed;
        probed = known;
        return known;
    }
}
