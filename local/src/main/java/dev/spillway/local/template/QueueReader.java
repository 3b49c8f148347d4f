package dev.spillway.local.template;

import java.time.Duration;
import java.util.Set;

/** Reads an {@code AWS::SQS::Queue}; what is left out has the default of SQS. */
final class QueueReader {

    private static final int DEFAULT_VISIBILITY_SECONDS = 30;
    private static final int DEFAULT_RETENTION_SECONDS = 4 * 24 * 3600;
    private static final Set<String> KNOWN = Set.of(
            "QueueName",
            "VisibilityTimeout",
            "MessageRetentionPeriod",
            "RedrivePolicy",
            "RedriveAllowPolicy",
            "SqsManagedSseEnabled",
            "Tags");

    private QueueReader() {}

    static QueueResource read(Resource resource, String arn, Properties properties) {
        properties.only(KNOWN);
        return new QueueResource(
                resource.logicalId(),
                resource.name(),
                arn,
                Duration.ofSeconds(properties.integer("VisibilityTimeout", DEFAULT_VISIBILITY_SECONDS)),
                Duration.ofSeconds(properties.integer("MessageRetentionPeriod", DEFAULT_RETENTION_SECONDS)),
                properties.object("RedrivePolicy").map(QueueReader::redrive));
    }

    private static QueueResource.Redrive redrive(Properties policy) {
        policy.only(Set.of("deadLetterTargetArn", "maxReceiveCount"));
        policy.requiredText("maxReceiveCount");
        return new QueueResource.Redrive(
                policy.integer("maxReceiveCount", 1), policy.requiredText("deadLetterTargetArn"));
    }
}
