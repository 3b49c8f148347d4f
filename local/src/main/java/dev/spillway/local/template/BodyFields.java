package dev.spillway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Typed access to an object of a dashboard's body. What is missing, of another type or not known is an error that names
 * the widget and the field: on AWS a misspelt one would silently do nothing.
 */
final class BodyFields {

    private final int line;
    private final String owner;
    private final String path;
    private final JsonNode object;

    private BodyFields(int line, String owner, String path, JsonNode object) {
        this.line = line;
        this.owner = owner;
        this.path = path;
        this.object = object;
        if (!object.isObject()) {
            throw new TemplateException(line, "%s: %s is an object.".formatted(owner, path.isEmpty() ? "it" : path));
        }
    }

    /**
     * An object by itself.
     *
     * @param line of the template that the body begins at
     * @param owner what errors call it
     */
    static BodyFields of(int line, String owner, JsonNode object) {
        return new BodyFields(line, owner, "", object);
    }

    /** The same object by another name. */
    BodyFields called(String name) {
        return new BodyFields(line, name, path, object);
    }

    BodyFields only(Set<String> known) {
        for (String name : (Iterable<String>) object::fieldNames) {
            if (!known.contains(name)) {
                throw wrong(
                        name, "is not known to the local system; known are " + String.join(", ", new TreeSet<>(known)));
            }
        }
        return this;
    }

    Optional<String> text(String name) {
        return value(name).map(value -> {
            if (!value.isTextual()) {
                throw wrong(name, "is a text");
            }
            return value.textValue();
        });
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> wrong(name, "is missing"));
    }

    /** A text out of a few. */
    String oneOf(String name, String fallback, Set<String> allowed) {
        String text = text(name).orElse(fallback);
        if (!allowed.contains(text)) {
            throw wrong(
                    name,
                    "is \"%s\", which is not known to the local system; known are %s"
                            .formatted(text, String.join(", ", new TreeSet<>(allowed))));
        }
        return text;
    }

    Optional<Integer> whole(String name, int least, int most) {
        return value(name).map(value -> {
            if (!value.isIntegralNumber()
                    || !value.canConvertToInt()
                    || value.intValue() < least
                    || value.intValue() > most) {
                throw wrong(name, "is a whole number from %d to %d".formatted(least, most));
            }
            return value.intValue();
        });
    }

    int requiredWhole(String name, int least, int most) {
        return whole(name, least, most).orElseThrow(() -> wrong(name, "is missing"));
    }

    double requiredNumber(String name) {
        JsonNode value = value(name).orElseThrow(() -> wrong(name, "is missing"));
        if (!value.isNumber()) {
            throw wrong(name, "is a number");
        }
        return value.doubleValue();
    }

    boolean flag(String name, boolean fallback) {
        return value(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw wrong(name, "is true or false");
                    }
                    return value.booleanValue();
                })
                .orElse(fallback);
    }

    Optional<BodyFields> object(String name) {
        return value(name).map(value -> nested(name, value));
    }

    /** The object in a list of this one's. */
    BodyFields nested(String name, JsonNode value) {
        return new BodyFields(line, owner, path(name), value);
    }

    /** The elements of a list; none if there is no list. */
    List<JsonNode> items(String name) {
        List<JsonNode> items = new ArrayList<>();
        value(name).ifPresent(value -> {
            if (!value.isArray()) {
                throw wrong(name, "is a list");
            }
            value.forEach(items::add);
        });
        return items;
    }

    TemplateException wrong(String name, String sentence) {
        return new TemplateException(line, "%s: %s %s.".formatted(owner, path(name), sentence));
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private Optional<JsonNode> value(String name) {
        return Optional.ofNullable(object.get(name));
    }
}
