package dev.spillway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Typed access to the resolved properties of a resource; what is missing or of another type is an error with its line. */
final class Properties {

    private final String owner;
    private final Value.Fields fields;

    /** The properties of something that errors call {@code owner}. */
    Properties(String owner, Value value) {
        this.owner = owner;
        if (!(value instanceof Value.Fields object)) {
            throw new TemplateException(value.line(), "%s is an object.".formatted(owner));
        }
        fields = object;
    }

    int line() {
        return fields.line();
    }

    /** Fails on a property that is not in the list: most likely a misspelt one, which would silently do nothing. */
    Properties only(Set<String> known) {
        for (Map.Entry<String, Value> entry : fields.values().entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw new TemplateException(
                        entry.getValue().line(),
                        "%s has no property %s that is known here; known are %s."
                                .formatted(owner, entry.getKey(), String.join(", ", new TreeSet<>(known))));
            }
        }
        return this;
    }

    Optional<Value> value(String key) {
        return Optional.ofNullable(fields.values().get(key));
    }

    Optional<Properties> object(String key) {
        return value(key).map(value -> new Properties(owner + "." + key, value));
    }

    List<Properties> objects(String key) {
        return items(key).stream()
                .map(item -> new Properties(owner + "." + key, item))
                .toList();
    }

    Map<String, Properties> namedObjects(String key) {
        Map<String, Properties> named = new LinkedHashMap<>();
        object(key)
                .ifPresent(all -> all.fields
                        .values()
                        .forEach((name, value) -> named.put(name, new Properties(owner + "." + name, value))));
        return named;
    }

    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        fields.values().forEach((key, value) -> texts.put(key, scalar(key, value)));
        return texts;
    }

    List<String> textItems(String key) {
        return items(key).stream().map(item -> scalar(key, item)).toList();
    }

    Optional<String> text(String key) {
        return value(key).map(value -> scalar(key, value));
    }

    String requiredText(String key) {
        return text(key).orElseThrow(() -> missing(key));
    }

    int integer(String key, int fallback) {
        return value(key).map(value -> integer(key, value)).orElse(fallback);
    }

    /** A number of any sign, with or without a fraction. */
    Optional<BigDecimal> number(String key) {
        return value(key).map(value -> number(key, value));
    }

    BigDecimal requiredNumber(String key) {
        return number(key).orElseThrow(() -> missing(key));
    }

    private BigDecimal number(String key, Value value) {
        String text = scalar(key, value);
        if (!text.matches("-?\\d{1,12}(\\.\\d{1,6})?")) {
            throw new TemplateException(value.line(), "%s.%s is %s, which is no number.".formatted(owner, key, text));
        }
        return new BigDecimal(text);
    }

    JsonNode json() {
        return json(fields);
    }

    JsonNode requiredJson(String key) {
        return json(value(key).orElseThrow(() -> missing(key)));
    }

    private int integer(String key, Value value) {
        String text = scalar(key, value);
        if (!text.matches("\\d{1,9}")) {
            throw new TemplateException(
                    value.line(), "%s.%s is %s, which is no whole number.".formatted(owner, key, text));
        }
        return Integer.parseInt(text);
    }

    private List<Value> items(String key) {
        Optional<Value> value = value(key);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof Value.Items items) {
            return items.values();
        }
        throw new TemplateException(value.get().line(), "%s.%s is a list.".formatted(owner, key));
    }

    private String scalar(String key, Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        throw new TemplateException(value.line(), "%s.%s is a plain value.".formatted(owner, key));
    }

    private TemplateException missing(String key) {
        return new TemplateException(line(), "%s needs the property %s.".formatted(owner, key));
    }

    private static JsonNode json(Value value) {
        return switch (value) {
            case Value.Text text -> scalar(text);
            case Value.Items items -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                items.values().forEach(item -> array.add(json(item)));
                yield array;
            }
            case Value.Fields object -> {
                ObjectNode node = JsonNodeFactory.instance.objectNode();
                object.values().forEach((key, child) -> node.set(key, json(child)));
                yield node;
            }
            case Value.Nothing nothing -> JsonNodeFactory.instance.nullNode();
        };
    }

    private static JsonNode scalar(Value.Text text) {
        return switch (text.kind()) {
            case STRING -> TextNode.valueOf(text.text());
            case NUMBER -> DecimalNode.valueOf(new BigDecimal(text.text()));
            case BOOLEAN -> JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text.text()));
            case NULL -> JsonNodeFactory.instance.nullNode();
        };
    }
}
