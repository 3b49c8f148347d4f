package dev.spillway.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DynamoDB table of the template.
 *
 * @param attributeTypes the type of each key attribute: {@code S}, {@code N} or {@code B}
 * @param timeToLive the attribute by which DynamoDB deletes items
 */
public record TableResource(
        String logicalId,
        String name,
        Map<String, String> attributeTypes,
        Key key,
        List<Index> indexes,
        Optional<String> timeToLive) {

    public TableResource {
        attributeTypes = Map.copyOf(attributeTypes);
        indexes = List.copyOf(indexes);
    }

    /** A primary key: the partition key's attribute and, where there is one, the sort key's. */
    public record Key(String partition, Optional<String> sort) {}

    /**
     * A global secondary index.
     *
     * @param projection {@code ALL}, {@code KEYS_ONLY} or {@code INCLUDE}
     * @param projected the attributes that {@code INCLUDE} adds to the keys
     */
    public record Index(String name, Key key, String projection, List<String> projected) {
        public Index {
            projected = List.copyOf(projected);
        }
    }
}
