package dev.spillway.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One alternative in the list of a pattern's field (EventBridge user guide, "Comparison operators for use in event
 * patterns").
 */
sealed interface ValueMatcher {

    /** Whether a value of the event matches; called once for each element if the event's value is a list. */
    boolean matches(JsonNode value);

    /** The value itself. */
    record Exactly(JsonNode expected) implements ValueMatcher {
        @Override
        public boolean matches(JsonNode value) {
            if (expected.isNumber() && value.isNumber()) {
                return expected.decimalValue().compareTo(value.decimalValue()) == 0;
            }
            return expected.equals(value);
        }
    }

    /** A text that begins so. */
    record Prefix(String prefix) implements ValueMatcher {
        @Override
        public boolean matches(JsonNode value) {
            return value.isTextual() && value.textValue().startsWith(prefix);
        }
    }

    /** A text that ends so. */
    record Suffix(String suffix) implements ValueMatcher {
        @Override
        public boolean matches(JsonNode value) {
            return value.isTextual() && value.textValue().endsWith(suffix);
        }
    }

    /** Any value that none of these matches. */
    record AnythingBut(List<ValueMatcher> excluded) implements ValueMatcher {
        @Override
        public boolean matches(JsonNode value) {
            return excluded.stream().noneMatch(matcher -> matcher.matches(value));
        }
    }

    /** A field that is there; only fields without children can be asked for. */
    record Present() implements ValueMatcher {
        @Override
        public boolean matches(JsonNode value) {
            return !value.isObject();
        }
    }

    /** A field that is not there; the pattern asks for it before it looks at values. */
    record Absent() implements ValueMatcher {
        @Override
        public boolean matches(JsonNode value) {
            return false;
        }
    }

    /** A number within all of the bounds. */
    record Numeric(List<Bound> bounds) implements ValueMatcher {
        @Override
        public boolean matches(JsonNode value) {
            return value.isNumber() && bounds.stream().allMatch(bound -> bound.holds(value.decimalValue()));
        }
    }

    /** One comparison, for example {@code >= 5}. */
    record Bound(String operator, BigDecimal limit) {
        boolean holds(BigDecimal value) {
            int order = value.compareTo(limit);
            return switch (operator) {
                case "=" -> order == 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default -> throw new UnknownPatternException("numeric has no operator %s.".formatted(operator));
            };
        }
    }

    /**
     * Reads one alternative.
     *
     * @throws UnknownPatternException if it is an operator that is not known here
     */
    static ValueMatcher parse(String path, JsonNode alternative) {
        if (alternative.isValueNode()) {
            return new Exactly(alternative);
        }
        if (!alternative.isObject() || alternative.size() != 1) {
            throw new UnknownPatternException("%s: an alternative is a value or one operator.".formatted(path));
        }
        Map.Entry<String, JsonNode> operator =
                alternative.properties().iterator().next();
        JsonNode argument = operator.getValue();
        return switch (operator.getKey()) {
            case "prefix" -> new Prefix(text(path, "prefix", argument));
            case "suffix" -> new Suffix(text(path, "suffix", argument));
            case "exists" -> exists(path, argument);
            case "anything-but" -> new AnythingBut(excluded(path, argument));
            case "numeric" -> new Numeric(bounds(path, argument));
            default ->
                throw new UnknownPatternException("%s: the operator %s is not known here: prefix, suffix, exists, "
                                .formatted(path, operator.getKey())
                        + "anything-but and numeric are.");
        };
    }

    private static ValueMatcher exists(String path, JsonNode argument) {
        if (!argument.isBoolean()) {
            throw new UnknownPatternException("%s: exists is true or false.".formatted(path));
        }
        return argument.booleanValue() ? new Present() : new Absent();
    }

    private static List<ValueMatcher> excluded(String path, JsonNode argument) {
        List<ValueMatcher> excluded = new ArrayList<>();
        if (argument.isArray()) {
            argument.forEach(value -> excluded.add(excludable(path, value)));
        } else {
            excluded.add(excludable(path, argument));
        }
        return excluded;
    }

    private static ValueMatcher excludable(String path, JsonNode value) {
        ValueMatcher matcher = parse(path, value);
        return switch (matcher) {
            case Exactly exactly -> matcher;
            case Prefix prefix -> matcher;
            case Suffix suffix -> matcher;
            case AnythingBut nested -> throw notExcludable(path);
            case Present present -> throw notExcludable(path);
            case Absent absent -> throw notExcludable(path);
            case Numeric numeric -> throw notExcludable(path);
        };
    }

    private static UnknownPatternException notExcludable(String path) {
        return new UnknownPatternException("%s: anything-but takes values, a prefix or a suffix.".formatted(path));
    }

    private static List<Bound> bounds(String path, JsonNode argument) {
        if (!argument.isArray() || argument.isEmpty() || argument.size() % 2 != 0) {
            throw new UnknownPatternException("%s: numeric takes pairs of an operator and a number.".formatted(path));
        }
        List<Bound> bounds = new ArrayList<>();
        for (int i = 0; i < argument.size(); i += 2) {
            JsonNode limit = argument.get(i + 1);
            if (!limit.isNumber()) {
                throw new UnknownPatternException("%s: %s is no number.".formatted(path, limit));
            }
            Bound bound = new Bound(text(path, "numeric", argument.get(i)), limit.decimalValue());
            bound.holds(BigDecimal.ZERO);
            bounds.add(bound);
        }
        return bounds;
    }

    private static String text(String path, String operator, JsonNode argument) {
        if (!argument.isTextual()) {
            throw new UnknownPatternException("%s: %s takes a text.".formatted(path, operator));
        }
        return argument.textValue();
    }
}
