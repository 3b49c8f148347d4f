package dev.spillway.local.graphql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * The input transformer of a rule's target (EventBridge user guide, "Amazon EventBridge input transformation"), as far as
 * the template uses it: paths of names, and variables outside of texts, which are replaced by JSON.
 */
final class InputTransformer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private InputTransformer() {}

    /** What the target is handed. */
    static JsonNode apply(JsonNode transformer, JsonNode event) {
        String text = transformer.path("InputTemplate").asText();
        for (Map.Entry<String, JsonNode> variable :
                transformer.path("InputPathsMap").properties()) {
            String path = variable.getValue().asText();
            JsonNode value = event.at(path.replaceFirst("^\\$", "").replace('.', '/'));
            if (!path.matches("\\$(\\.[A-Za-z0-9_-]+)+") || value.isMissingNode()) {
                throw new AssertionError("the event has no " + path);
            }
            text = text.replace("<" + variable.getKey() + ">", value.toString());
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
