package dev.spillway.local.contract;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Makes tables of the schema that the deployed one has. */
final class TaskTables {

    /** The first call to a local server waits for its engine; a repeat would find the table made. */
    private static final Duration STARTING_UP = Duration.ofMinutes(1);

    private TaskTables() {}

    static void create(DynamoDbClient dynamoDb, String table) {
        dynamoDb.createTable(request -> request.tableName(table)
                .overrideConfiguration(
                        limits -> limits.apiCallTimeout(STARTING_UP).apiCallAttemptTimeout(STARTING_UP))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("task_id", KeyType.HASH))
                .attributeDefinitions(Stream.of(
                                "task_id",
                                "status_shard",
                                "updated_at",
                                "due_shard",
                                "due_at",
                                "waiting_shard",
                                "waiting_order")
                        .map(TaskTables::text)
                        .toList())
                .globalSecondaryIndexes(
                        index("status", "status_shard", "updated_at", "capacity_type", "created_at", "reason"),
                        index("due", "due_shard", "due_at"),
                        index(
                                "waiting",
                                "waiting_shard",
                                "waiting_order",
                                "created_at",
                                "priority",
                                "capacity",
                                "cpu",
                                "memory")));
    }

    private static GlobalSecondaryIndex index(String name, String hash, String range, String... projected) {
        Projection projection = projected.length == 0
                ? Projection.builder().projectionType(ProjectionType.KEYS_ONLY).build()
                : Projection.builder()
                        .projectionType(ProjectionType.INCLUDE)
                        .nonKeyAttributes(List.of(projected))
                        .build();
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(key(hash, KeyType.HASH), key(range, KeyType.RANGE))
                .projection(projection)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }
}
