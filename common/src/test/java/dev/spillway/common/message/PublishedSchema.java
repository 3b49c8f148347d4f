package dev.spillway.common.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** {@code docs/message.schema.json}, as a user would apply it. */
final class PublishedSchema {

    private static final Path FILE = Path.of("../docs/message.schema.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema SCHEMA = schema();

    private PublishedSchema() {}

    private static JsonSchema schema() {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(document());
    }

    /** The schema's own text. */
    static JsonNode document() {
        try {
            return JSON.readTree(FILE.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What JSON Schema 2020-12 has to say about the schema itself. */
    static Set<ValidationMessage> errorsOfItself() {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of(SchemaId.V202012))
                .validate(document());
    }

    /** What the schema has against a body; nothing where the body is not even JSON. */
    static Optional<Set<ValidationMessage>> errors(String body) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        return json.isMissingNode() ? Optional.empty() : Optional.of(SCHEMA.validate(json));
    }
}
