package dev.spillway.common.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object.
 *
 * @param path of the object; empty for the message
 */
record Fields(String path, Json.ObjectValue object, boolean secret, Errors errors) {

    boolean has(String name) {
        return object.members().containsKey(name);
    }

    /** The field; null where there is none. */
    @Nullable
    Field get(String name) {
        Json value = object.members().get(name);
        return value == null ? null : new Field(path(name), value, secret, errors);
    }

    /** The field; an error where there is none. */
    @Nullable
    Field require(String name, String wants) {
        Field field = get(name);
        if (field == null) {
            errors.add(path(name), "nothing", wants);
        }
        return field;
    }

    /** All fields, in the order of the message. */
    List<Entry> all() {
        List<Entry> entries = new ArrayList<>();
        object.members()
                .forEach((name, value) -> entries.add(new Entry(name, new Field(path(name), value, secret, errors))));
        return entries;
    }

    /** Notes every field that has another name than those that are known. */
    void allowOnly(Set<String> known) {
        for (String name : object.members().keySet()) {
            if (!known.contains(name)) {
                errors.add(() ->
                        new FieldError(path(name), "a field that is not known here", UnknownField.wants(name, known)));
            }
        }
    }

    private String path(String name) {
        return path.isEmpty() ? Shown.name(name) : path + "." + Shown.name(name);
    }

    /** A field and its name as it stands in the message. */
    record Entry(String name, Field field) {}
}
