package dev.spillway.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An event pattern of EventBridge: every field that it names must match (EventBridge user guide, "Creating Amazon
 * EventBridge event patterns"). An operator that is not known here is an error, so that no rule silently never fires.
 */
public final class EventPattern {

    private final Map<String, List<ValueMatcher>> values;
    private final Map<String, EventPattern> objects;
    private final List<EventPattern> alternatives;

    private EventPattern(
            Map<String, List<ValueMatcher>> values,
            Map<String, EventPattern> objects,
            List<EventPattern> alternatives) {
        this.values = values;
        this.objects = objects;
        this.alternatives = alternatives;
    }

    /**
     * Reads a pattern.
     *
     * @throws UnknownPatternException if a part of it is not known here
     */
    public static EventPattern parse(JsonNode pattern) {
        return parse("pattern", pattern);
    }

    private static EventPattern parse(String path, JsonNode pattern) {
        if (!pattern.isObject() || pattern.isEmpty()) {
            throw new UnknownPatternException("%s: a pattern is an object with at least one field.".formatted(path));
        }
        Map<String, List<ValueMatcher>> values = new LinkedHashMap<>();
        Map<String, EventPattern> objects = new LinkedHashMap<>();
        List<EventPattern> alternatives = new ArrayList<>();
        pattern.properties().forEach(field -> {
            String name = field.getKey();
            String fieldPath = path + "." + name;
            JsonNode value = field.getValue();
            if (name.equals("$or")) {
                if (!value.isArray() || value.size() < 2) {
                    throw new UnknownPatternException("%s: $or takes at least two patterns.".formatted(fieldPath));
                }
                value.forEach(one -> alternatives.add(parse(fieldPath, one)));
            } else if (value.isObject()) {
                objects.put(name, parse(fieldPath, value));
            } else {
                values.put(name, matchers(fieldPath, value));
            }
        });
        return new EventPattern(values, objects, alternatives);
    }

    private static List<ValueMatcher> matchers(String path, JsonNode value) {
        if (!value.isArray() || value.isEmpty()) {
            throw new UnknownPatternException("%s: values stand in a list with at least one.".formatted(path));
        }
        List<ValueMatcher> matchers = new ArrayList<>();
        value.forEach(alternative -> matchers.add(ValueMatcher.parse(path, alternative)));
        return matchers;
    }

    /** Whether the event, or this part of it, has everything that the pattern names. */
    public boolean matches(JsonNode event) {
        return values.entrySet().stream().allMatch(field -> matches(field.getValue(), event.path(field.getKey())))
                && objects.entrySet().stream().allMatch(field -> inside(field.getValue(), event.path(field.getKey())))
                && (alternatives.isEmpty() || alternatives.stream().anyMatch(one -> one.matches(event)));
    }

    private static boolean matches(List<ValueMatcher> matchers, JsonNode value) {
        if (value.isMissingNode()) {
            return matchers.stream().anyMatch(ValueMatcher.Absent.class::isInstance);
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                if (matchesAny(matchers, element)) {
                    return true;
                }
            }
            return false;
        }
        return matchesAny(matchers, value);
    }

    private static boolean matchesAny(List<ValueMatcher> matchers, JsonNode value) {
        return matchers.stream().anyMatch(matcher -> matcher.matches(value));
    }

    private static boolean inside(EventPattern pattern, JsonNode value) {
        if (!value.isArray()) {
            return pattern.matches(value);
        }
        for (JsonNode element : value) {
            if (pattern.matches(element)) {
                return true;
            }
        }
        return false;
    }
}
