package dev.spillway.common.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One value of a message and where it stands. Its readers convert nothing: {@code "1"} is no number, {@code 1.0} no
 * whole one. They answer null where they refuse the value, and have then said so.
 *
 * @param path such as {@code retry.rules[0].action}
 * @param secret whether errors may tell only the type and length of this value and of all that is in it
 */
record Field(String path, Json value, boolean secret, Errors errors) {

    /** More digits than any bound has; leading zeros are no JSON. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,10}");

    /** Notes that the value is not what is wanted. */
    void refuse(String wants) {
        refuse(secret ? value.described() : value.shown(), wants);
    }

    void refuse(String got, String wants) {
        errors.add(path, got, wants);
    }

    /** The fields of the body as a whole. */
    static @Nullable Fields message(Json body, Errors errors) {
        if (body instanceof Json.ObjectValue object) {
            return new Fields("", object, false, errors);
        }
        errors.add(JsonReader.WHOLE, body.described(), "a JSON object");
        return null;
    }

    /** The same value, as one that may be a secret. */
    Field asSecret() {
        return new Field(path, value, true, errors);
    }

    @Nullable
    String text(Form form) {
        if (value instanceof Json.TextValue string && form.accepts(string.text())) {
            return string.text();
        }
        refuse(form.wants());
        return null;
    }

    /** A whole number within bounds that are both allowed. */
    @Nullable
    Integer wholeNumber(int min, int max, String wants) {
        if (value instanceof Json.NumberValue digits
                && WHOLE_NUMBER.matcher(digits.text()).matches()) {
            long number = Long.parseLong(digits.text());
            if (number >= min && number <= max) {
                return (int) number;
            }
        }
        refuse(wants);
        return null;
    }

    /** What one of the given words stands for. */
    <T> @Nullable T oneOf(Map<String, T> words, String wants) {
        if (value instanceof Json.TextValue string && words.containsKey(string.text())) {
            return words.get(string.text());
        }
        refuse(wants);
        return null;
    }

    /** The values of an array. */
    @Nullable
    List<Field> items(String wants) {
        if (value instanceof Json.ArrayValue array) {
            List<Field> fields = new ArrayList<>();
            for (Json item : array.items()) {
                fields.add(new Field(path + "[" + fields.size() + "]", item, secret, errors));
            }
            return fields;
        }
        refuse(wants);
        return null;
    }

    /** The fields of an object. */
    @Nullable
    Fields fields(String wants) {
        if (value instanceof Json.ObjectValue object) {
            return new Fields(path, object, secret, errors);
        }
        refuse(wants);
        return null;
    }
}
