package dev.spillway.common.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON text strictly: exactly one value (RFC 8259), no name twice in an object, only whole Unicode characters.
 * Errors carry line and column and never a piece of the text, which may hold secrets.
 */
final class JsonReader {

    /** The field of an error that concerns the body as a whole. */
    static final String WHOLE = "message";

    /** How deep arrays and objects may be nested; readers further on are recursive. */
    static final int MAX_DEPTH = 64;

    /** Characters of a body: an SQS message is at most 1 MiB (SQS developer guide, "Message quotas"). */
    static final int MAX_BODY = 1_048_576;

    /**
     * Names are not interned: the table behind that lives as long as the factory, and names made to collide in it
     * would slow down every later message.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private final Errors errors;

    private JsonReader(JsonParser parser, Errors errors) {
        this.parser = parser;
        this.errors = errors;
    }

    /** The value; null where the text is not one JSON value, which is then among the errors. */
    static @Nullable Json read(String text, Errors errors) {
        if (text.length() > MAX_BODY) {
            errors.add(WHOLE, text.length() + " characters", "at most " + MAX_BODY);
            return null;
        }
        if (text.isBlank()) {
            errors.add(WHOLE, "an empty body", "a JSON object");
            return null;
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new JsonReader(parser, errors).document();
        } catch (Refused e) {
            errors.add(WHOLE, e.got + at(e.where), e.wants);
        } catch (StreamConstraintsException e) {
            errors.add(WHOLE, "a number or a name of excessive length" + at(e.getLocation()), "a shorter one");
        } catch (JsonProcessingException e) {
            // The words of the exception quote the text.
            errors.add(WHOLE, "text that is not JSON" + at(e.getLocation()), "one JSON object");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        return null;
    }

    private Json document() throws IOException, Refused {
        parser.nextToken();
        Json value = value(1);
        if (parser.nextToken() != null) {
            throw refused("more text after the end of the JSON object", "one JSON object and nothing behind it");
        }
        return value;
    }

    private Json value(int depth) throws IOException, Refused {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth);
            case VALUE_STRING -> new Json.TextValue(wholeCharacters(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.NumberValue(parser.getText());
            case VALUE_TRUE -> new Json.BooleanValue(true);
            case VALUE_FALSE -> new Json.BooleanValue(false);
            case VALUE_NULL -> new Json.NullValue();
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("a JSON value cannot begin with " + token);
        };
    }

    private Json object(int depth) throws IOException, Refused {
        checkDepth(depth);
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = wholeCharacters(parser.currentName());
            if (members.containsKey(name)) {
                errors.add(() -> new FieldError(
                        path(), "the same name twice" + at(parser.currentTokenLocation()), "every name once"));
            }
            parser.nextToken();
            members.putIfAbsent(name, value(depth + 1));
        }
        return new Json.ObjectValue(members);
    }

    private Json array(int depth) throws IOException, Refused {
        checkDepth(depth);
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(depth + 1));
        }
        return new Json.ArrayValue(items);
    }

    private void checkDepth(int depth) throws Refused {
        if (depth > MAX_DEPTH) {
            throw refused(
                    "objects and arrays nested more than " + MAX_DEPTH + " deep", "at most " + MAX_DEPTH + " levels");
        }
    }

    /** Half a surrogate pair has no UTF-8, so that the text could not be stored or sent on as it is. */
    private String wholeCharacters(String text) throws Refused {
        if (text.codePoints().anyMatch(codePoint -> Character.getType(codePoint) == Character.SURROGATE)) {
            throw refused("half a surrogate pair, which is no Unicode character", "whole characters");
        }
        return text;
    }

    /** The path of the present field, as far as its names are fields and not the user's own data. */
    private String path() {
        List<String> steps = new ArrayList<>();
        for (JsonStreamContext at = parser.getParsingContext(); !at.inRoot(); at = at.getParent()) {
            steps.addFirst(at.inArray() ? "[" + at.getCurrentIndex() + "]" : "." + Shown.name(at.getCurrentName()));
        }
        int known = switch (steps.getFirst()) {
            case ".payload", ".command" -> 1;
            case ".environment" -> 2;
            default -> steps.size();
        };
        String path = String.join("", steps.subList(0, Math.min(known, steps.size())));
        return path.startsWith(".") ? path.substring(1) : path;
    }

    private Refused refused(String got, String wants) {
        return new Refused(got, parser.currentTokenLocation(), wants);
    }

    private static String at(@Nullable JsonLocation where) {
        return where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
    }

    /** JSON, but not as it is accepted here. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        final String got;
        final transient JsonLocation where;
        final String wants;

        Refused(String got, JsonLocation where, String wants) {
            super(got, null, false, false);
            this.got = got;
            this.where = where;
            this.wants = wants;
        }
    }
}
