package dev.spillway.local.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * A data source of type AMAZON_DYNAMODB (AppSync developer guide, "JavaScript resolver function reference for DynamoDB"). A
 * field of a request that is not known here is an error, and so is what the source's role may not do.
 */
final class TableSource implements DataSource {

    private static final Set<String> OF_GET_ITEM = Set.of("operation", "key", "consistentRead", "projection");
    private static final Set<String> OF_QUERY = Set.of("operation", "index", "query", "scanIndexForward", "limit");

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final TableRole role;

    /** How many items each query was asked for at most. */
    private final List<Integer> limits = new ArrayList<>();

    TableSource(DynamoDbClient dynamoDb, String table, TableRole role) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.role = role;
    }

    @Override
    public JsonNode answer(JsonNode request) {
        return switch (request.path("operation").asText()) {
            case "GetItem" -> getItem(request);
            case "Query" -> query(request);
            default -> throw new AssertionError("not known here: " + request);
        };
    }

    List<Integer> limits() {
        return limits;
    }

    private JsonNode getItem(JsonNode request) {
        only(OF_GET_ITEM, request);
        Map<String, String> names = texts(request.at("/projection/expressionNames"));
        Set<String> read = new TreeSet<>(names.values());
        request.path("key").fieldNames().forEachRemaining(read::add);
        role.check("dynamodb:GetItem", table + ".Arn", read);
        GetItemResponse answer = dynamoDb.getItem(GetItemRequest.builder()
                .tableName(table)
                .key(TypedJson.item(request.path("key")))
                .consistentRead(request.path("consistentRead").booleanValue())
                .projectionExpression(request.at("/projection/expression").textValue())
                .expressionAttributeNames(names)
                .build());
        return answer.hasItem() ? TypedJson.plain(answer.item()) : JsonNodeFactory.instance.nullNode();
    }

    private JsonNode query(JsonNode request) {
        only(OF_QUERY, request);
        String index = request.path("index").asText();
        role.check("dynamodb:Query", "%s.Arn/index/%s".formatted(table, index), Set.of());
        int limit = request.path("limit").asInt();
        limits.add(limit);
        QueryResponse answer = dynamoDb.query(QueryRequest.builder()
                .tableName(table)
                .indexName(index)
                .keyConditionExpression(request.at("/query/expression").textValue())
                .expressionAttributeValues(TypedJson.item(request.at("/query/expressionValues")))
                .scanIndexForward(request.path("scanIndexForward").booleanValue())
                .limit(limit)
                .build());
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("items");
        answer.items().forEach(item -> items.add(TypedJson.plain(item)));
        page.put("nextToken", answer.hasLastEvaluatedKey() ? "opaque" : null);
        page.put("scannedCount", answer.scannedCount());
        return page;
    }

    private static void only(Set<String> known, JsonNode request) {
        request.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                throw new AssertionError("the field %s is not known here: %s".formatted(field, request));
            }
        });
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().textValue()));
        return texts;
    }
}
