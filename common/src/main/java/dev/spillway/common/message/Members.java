package dev.spillway.common.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a JSON object together, its members in the order of the calls. */
final class Members {

    private final Map<String, Json> members = new LinkedHashMap<>();

    Members put(String name, Json value) {
        members.put(name, value);
        return this;
    }

    Members text(String name, String text) {
        return put(name, new Json.TextValue(text));
    }

    Members texts(String name, List<String> texts) {
        return put(
                name,
                new Json.ArrayValue(
                        texts.stream().<Json>map(Json.TextValue::new).toList()));
    }

    Members number(String name, int number) {
        return put(name, new Json.NumberValue(String.valueOf(number)));
    }

    Json.ObjectValue object() {
        return new Json.ObjectValue(members);
    }
}
