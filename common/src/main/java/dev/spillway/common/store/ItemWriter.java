package dev.spillway.common.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Collects the attributes of an item. What is null is left out, which is what keeps an index sparse. */
final class ItemWriter {

    private final Map<String, AttributeValue> item = new HashMap<>();

    ItemWriter text(String name, @Nullable String value) {
        return put(name, value == null ? null : AttributeValue.fromS(value));
    }

    /** The name of the constant. */
    ItemWriter constant(String name, @Nullable Enum<?> value) {
        return text(name, value == null ? null : value.name());
    }

    ItemWriter number(String name, @Nullable Number value) {
        return put(name, value == null ? null : AttributeValue.fromN(value.toString()));
    }

    ItemWriter flag(String name, boolean value) {
        return put(name, AttributeValue.fromBool(value));
    }

    /** A flag that is absent as a rule. */
    ItemWriter mark(String name, boolean value) {
        return put(name, value ? AttributeValue.fromBool(true) : null);
    }

    ItemWriter instant(String name, @Nullable Instant value) {
        return text(name, value == null ? null : InstantText.write(value));
    }

    ItemWriter list(String name, List<AttributeValue> value) {
        return put(name, AttributeValue.fromL(value));
    }

    Map<String, AttributeValue> item() {
        return Map.copyOf(item);
    }

    private ItemWriter put(String name, @Nullable AttributeValue value) {
        if (value != null) {
            item.put(name, value);
        }
        return this;
    }
}
