package dev.spillway.local.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * The SDK's own model as JSON, both ways. The field names are those of the service's API, which are also those of the
 * AWS CLI's {@code --cli-input-json} and of the {@code detail} of ECS events; so none of them is written here.
 */
final class SdkJson {

    private SdkJson() {}

    /** Whether a field was set: the SDK's own placeholders for an absent list or map do not count. */
    static boolean isSet(@Nullable Object value) {
        return value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap);
    }

    /** A model object as the service would write it; absent fields stay absent, instants are ISO-8601. */
    static ObjectNode write(SdkPojo pojo) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null && isSet(value)) {
                node.set(field.locationName(), value(value));
            }
        }
        return node;
    }

    private static JsonNode value(Object value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (value) {
            case SdkPojo pojo -> write(pojo);
            case List<?> list -> {
                ArrayNode array = json.arrayNode(list.size());
                list.forEach(item -> array.add(value(Objects.requireNonNull(item))));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = json.objectNode();
                map.forEach((key, item) -> object.set(key.toString(), value(Objects.requireNonNull(item))));
                yield object;
            }
            case Integer number -> json.numberNode(number);
            case Long number -> json.numberNode(number);
            case Double number -> json.numberNode(number);
            case Boolean flag -> json.booleanNode(flag);
            case Instant instant -> json.textNode(instant.toString());
            default -> json.textNode(value.toString());
        };
    }

    /**
     * Fills a builder of the SDK from JSON, strictly.
     *
     * @param node an object
     * @param builder any request's or structure's builder
     * @param at where in the document it is, for messages; empty for the top
     * @throws IllegalArgumentException naming the field that is unknown or of the wrong type
     */
    static void read(JsonNode node, SdkPojo builder, String at) {
        if (!node.isObject()) {
            throw new IllegalArgumentException((at.isEmpty() ? "the document" : at) + " must be an object");
        }
        Map<String, SdkField<?>> fields = builder.sdkFields().stream()
                .collect(Collectors.toMap(SdkField::locationName, field -> field, (one, other) -> one));
        node.properties().forEach(property -> {
            String path = at.isEmpty() ? property.getKey() : at + "." + property.getKey();
            SdkField<?> field = fields.get(property.getKey());
            if (field == null) {
                throw new IllegalArgumentException("unknown field " + path);
            }
            field.set(builder, parse(property.getValue(), field, path));
        });
    }

    private static Object parse(JsonNode node, SdkField<?> field, String path) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.SDK_POJO) {
            SdkPojo builder = field.constructor().get();
            read(node, builder, path);
            return built(builder);
        }
        if (type == MarshallingType.LIST) {
            return list(require(node.isArray(), node, path, "a list"), field, path);
        }
        if (type == MarshallingType.MAP) {
            return map(require(node.isObject(), node, path, "an object"), field, path);
        }
        if (type == MarshallingType.INTEGER) {
            return require(node.canConvertToInt() && node.isIntegralNumber(), node, path, "a whole number")
                    .intValue();
        }
        if (type == MarshallingType.LONG) {
            return require(node.canConvertToLong() && node.isIntegralNumber(), node, path, "a whole number")
                    .longValue();
        }
        if (type == MarshallingType.DOUBLE) {
            return require(node.isNumber(), node, path, "a number").doubleValue();
        }
        if (type == MarshallingType.BOOLEAN) {
            return require(node.isBoolean(), node, path, "true or false").booleanValue();
        }
        if (type == MarshallingType.STRING) {
            return require(node.isTextual(), node, path, "a string").textValue();
        }
        throw new IllegalArgumentException(path + " is of a type that cannot be read from a file");
    }

    private static List<Object> list(JsonNode node, SdkField<?> field, String path) {
        SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
        List<Object> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            items.add(parse(node.get(i), member, path + "[" + i + "]"));
        }
        return items;
    }

    private static Map<String, Object> map(JsonNode node, SdkField<?> field, String path) {
        SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> items = new LinkedHashMap<>();
        node.properties()
                .forEach(entry ->
                        items.put(entry.getKey(), parse(entry.getValue(), member, path + "." + entry.getKey())));
        return items;
    }

    private static JsonNode require(boolean holds, JsonNode node, String path, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException(path + " must be " + wanted + ", not " + node);
        }
        return node;
    }

    private static Object built(SdkPojo builder) {
        return ((SdkBuilder<?, ?>) builder).build();
    }
}
