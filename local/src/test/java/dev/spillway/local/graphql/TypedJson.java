package dev.spillway.local.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of DynamoDB as JSON: with types, as its own protocol has them, or plain, as AppSync hands them to a resolver. */
final class TypedJson {

    private TypedJson() {}

    /** Of values each of which is an object of its type and itself. */
    static Map<String, AttributeValue> item(JsonNode typed) {
        Map<String, AttributeValue> item = new HashMap<>();
        typed.properties().forEach(attribute -> item.put(attribute.getKey(), value(attribute.getValue())));
        return item;
    }

    static ObjectNode plain(Map<String, AttributeValue> item) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        item.forEach((name, value) -> json.set(name, plain(value)));
        return json;
    }

    private static AttributeValue value(JsonNode typed) {
        Map.Entry<String, JsonNode> only = typed.properties().iterator().next();
        JsonNode value = only.getValue();
        return switch (only.getKey()) {
            case "S" -> AttributeValue.fromS(value.textValue());
            case "N" -> AttributeValue.fromN(value.asText());
            case "BOOL" -> AttributeValue.fromBool(value.booleanValue());
            case "M" -> AttributeValue.fromM(item(value));
            case "L" ->
                AttributeValue.fromL(StreamSupport.stream(value.spliterator(), false)
                        .map(TypedJson::value)
                        .toList());
            default -> throw new AssertionError("no item has an attribute of type " + only.getKey());
        };
    }

    private static JsonNode plain(AttributeValue value) {
        return switch (value.type()) {
            case S -> JsonNodeFactory.instance.textNode(value.s());
            case N -> DecimalNode.valueOf(new BigDecimal(value.n()));
            case BOOL -> JsonNodeFactory.instance.booleanNode(value.bool());
            case M -> plain(value.m());
            case L -> {
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                value.l().forEach(element -> list.add(plain(element)));
                yield list;
            }
            default -> throw new AssertionError("no item has an attribute of type " + value.type());
        };
    }
}
