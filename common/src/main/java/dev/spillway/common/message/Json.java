package dev.spillway.common.message;

import java.util.List;
import java.util.Map;

/**
 * A JSON value as it was written. Jackson's own tree is not used because it forgets what a strict reader needs: that
 * {@code 1.0} is not {@code 1}, and that a name came twice. It would also turn a number into a {@code double} or expand
 * it, and so change a payload or spend time on a hostile one.
 */
sealed interface Json {

    /** An object whose members are in the order in which they were written. */
    record ObjectValue(Map<String, Json> members) implements Json {}

    /** An array. */
    record ArrayValue(List<Json> items) implements Json {}

    /** A string. */
    record TextValue(String text) implements Json {}

    /** A number, as the text that stood in the message. */
    record NumberValue(String text) implements Json {}

    /** True or false. */
    record BooleanValue(boolean value) implements Json {}

    /** The JSON null. */
    record NullValue() implements Json {}

    /** The value as an error may show it: short. Only for values that are no secret. */
    default String shown() {
        return switch (this) {
            case TextValue string -> Shown.quoted(string.text());
            case NumberValue number -> Shown.plain(number.text());
            case BooleanValue bool -> String.valueOf(bool.value());
            case NullValue nothing -> "null";
            case ObjectValue object -> object.described();
            case ArrayValue array -> array.described();
        };
    }

    /** The kind and size of the value, and nothing of its content. */
    default String described() {
        return switch (this) {
            case TextValue string -> "a string of " + counted(string.text().length(), "character");
            case NumberValue number -> "a number";
            case BooleanValue bool -> "true or false";
            case NullValue nothing -> "null";
            case ObjectValue object ->
                "an object of " + counted(object.members().size(), "field");
            case ArrayValue array -> "an array of " + counted(array.items().size(), "value");
        };
    }

    private static String counted(int number, String what) {
        return (number == 0 ? "no" : number) + " " + what + (number == 1 ? "" : "s");
    }
}
