package dev.spillway.local.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the policies of a role let it read of a table: the actions, the resources, and the attributes of an item (DynamoDB
 * developer guide, "Using IAM policy conditions for fine-grained access control").
 */
final class TableRole {

    private final JsonNode role;

    TableRole(JsonNode role) {
        this.role = role;
    }

    /** Fails unless a statement allows it. */
    void check(String action, String resource, Collection<String> attributes) {
        if (statements().noneMatch(statement -> allows(statement, action, resource, attributes))) {
            throw new AssertionError("the role may not %s %s of %s".formatted(action, attributes, resource));
        }
    }

    private Stream<JsonNode> statements() {
        return role.findValues("Statement").stream()
                .flatMap(statements -> StreamSupport.stream(statements.spliterator(), false))
                .filter(statement -> !statement.has("Principal"));
    }

    private static boolean allows(JsonNode statement, String action, String resource, Collection<String> attributes) {
        JsonNode allowed =
                statement.path("Condition").path("ForAllValues:StringEquals").path("dynamodb:Attributes");
        return statement.path("Effect").asText().equals("Allow")
                && texts(statement.path("Action")).contains(action)
                && texts(statement.path("Resource")).contains(resource)
                && (allowed.isMissingNode() || texts(allowed).containsAll(attributes));
    }

    private static Set<String> texts(JsonNode node) {
        Set<String> texts = new HashSet<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
