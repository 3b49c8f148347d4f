package dev.spillway.local.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads an {@code AWS::DynamoDB::Table}. */
final class TableReader {

    private static final Set<String> KNOWN = Set.of(
            "TableName",
            "BillingMode",
            "AttributeDefinitions",
            "KeySchema",
            "GlobalSecondaryIndexes",
            "TimeToLiveSpecification",
            "PointInTimeRecoverySpecification",
            "SSESpecification",
            "StreamSpecification",
            "DeletionProtectionEnabled",
            "Tags");

    private TableReader() {}

    static TableResource read(Resource resource, Properties properties) {
        properties.only(KNOWN);
        Map<String, String> types = new LinkedHashMap<>();
        properties
                .objects("AttributeDefinitions")
                .forEach(definition ->
                        types.put(definition.requiredText("AttributeName"), definition.requiredText("AttributeType")));
        return new TableResource(
                resource.logicalId(),
                resource.name(),
                types,
                key(properties, types),
                properties.objects("GlobalSecondaryIndexes").stream()
                        .map(index -> index(index, types))
                        .toList(),
                timeToLive(properties));
    }

    private static TableResource.Index index(Properties index, Map<String, String> types) {
        index.only(Set.of("IndexName", "KeySchema", "Projection"));
        Properties projection = index.object("Projection")
                .orElseThrow(() -> new TemplateException(index.line(), "an index needs the property Projection."));
        return new TableResource.Index(
                index.requiredText("IndexName"),
                key(index, types),
                projection.requiredText("ProjectionType"),
                projection.textItems("NonKeyAttributes"));
    }

    private static TableResource.Key key(Properties owner, Map<String, String> types) {
        List<Properties> parts = owner.objects("KeySchema");
        return new TableResource.Key(
                attribute(parts, "HASH", types)
                        .orElseThrow(() -> new TemplateException(owner.line(), "a key needs a HASH attribute.")),
                attribute(parts, "RANGE", types));
    }

    private static Optional<String> attribute(List<Properties> parts, String type, Map<String, String> types) {
        return parts.stream()
                .filter(part -> part.requiredText("KeyType").equals(type))
                .map(part -> {
                    String name = part.requiredText("AttributeName");
                    if (!types.containsKey(name)) {
                        throw new TemplateException(
                                part.line(),
                                "the key attribute %s is not among the AttributeDefinitions.".formatted(name));
                    }
                    return name;
                })
                .findFirst();
    }

    private static Optional<String> timeToLive(Properties properties) {
        return properties
                .object("TimeToLiveSpecification")
                .filter(ttl -> Boolean.parseBoolean(ttl.requiredText("Enabled")))
                .map(ttl -> ttl.requiredText("AttributeName"));
    }
}
