package dev.spillway.common.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Writes JSON without white space; values that mean the same become the same text. */
final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /** The members of objects in the order that they have. */
    static String write(Json json) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(json, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }

    /**
     * How many characters the SDK for Java sends for the value: it writes a character beyond U+FFFF as two escapes of
     * six characters each, as Jackson does wherever it writes bytes.
     */
    static int lengthAsSent(Json json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            write(json, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toString(StandardCharsets.UTF_8).length();
    }

    /** The same value with the members of every object sorted by name: JSON gives their order no meaning. */
    static Json sorted(Json json) {
        return switch (json) {
            case Json.ObjectValue object -> {
                Map<String, Json> sorted = new TreeMap<>();
                object.members().forEach((name, member) -> sorted.put(name, sorted(member)));
                yield new Json.ObjectValue(sorted);
            }
            case Json.ArrayValue array ->
                new Json.ArrayValue(array.items().stream().map(JsonText::sorted).toList());
            case Json.TextValue text -> text;
            case Json.NumberValue number -> number;
            case Json.BooleanValue bool -> bool;
            case Json.NullValue nothing -> nothing;
        };
    }

    private static void write(Json json, JsonGenerator generator) throws IOException {
        switch (json) {
            case Json.ObjectValue object -> {
                generator.writeStartObject();
                for (Map.Entry<String, Json> member : object.members().entrySet()) {
                    generator.writeFieldName(member.getKey());
                    write(member.getValue(), generator);
                }
                generator.writeEndObject();
            }
            case Json.ArrayValue array -> {
                generator.writeStartArray();
                for (Json item : array.items()) {
                    write(item, generator);
                }
                generator.writeEndArray();
            }
            case Json.TextValue string -> generator.writeString(string.text());
            case Json.NumberValue number -> generator.writeNumber(number.text());
            case Json.BooleanValue bool -> generator.writeBoolean(bool.value());
            case Json.NullValue nothing -> generator.writeNull();
        }
    }
}
