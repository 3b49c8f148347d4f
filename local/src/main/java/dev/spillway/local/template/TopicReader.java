package dev.spillway.local.template;

import java.util.Set;

/** Reads an {@code AWS::SNS::Topic}. Who subscribes to it on AWS is told nothing by a simulation. */
final class TopicReader {

    private static final Set<String> KNOWN = Set.of("TopicName", "DisplayName", "KmsMasterKeyId", "Tags");

    private TopicReader() {}

    static TopicResource read(Resource resource, String arn, Properties properties) {
        properties.only(KNOWN);
        return new TopicResource(resource.logicalId(), resource.name(), arn);
    }
}
