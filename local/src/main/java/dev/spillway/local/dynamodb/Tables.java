package dev.spillway.local.dynamodb;

import dev.spillway.local.template.TableResource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;

/** Creates a table of the template. */
public final class Tables {

    private static final Logger LOG = LoggerFactory.getLogger(Tables.class);

    private Tables() {}

    /** Creates the table with its indexes and its time to live; it is ready when this returns. */
    public static void create(DynamoDbClient dynamoDb, TableResource table) {
        CreateTableRequest.Builder create = CreateTableRequest.builder()
                .tableName(table.name())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attributes(table))
                .keySchema(keySchema(table.key()));
        if (!table.indexes().isEmpty()) {
            create.globalSecondaryIndexes(
                    table.indexes().stream().map(Tables::index).toList());
        }
        createOnce(dynamoDb, create.build());
        table.timeToLive()
                .ifPresent(attribute -> dynamoDb.updateTimeToLive(update -> update.tableName(table.name())
                        .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName(attribute))));
    }

    /**
     * The first call to DynamoDB Local waits for its engine. On a busy machine that outlasts the patience of the client,
     * which then asks again and finds the table made.
     */
    private static void createOnce(DynamoDbClient dynamoDb, CreateTableRequest create) {
        try {
            dynamoDb.createTable(create);
        } catch (ResourceInUseException made) {
            LOG.debug("{} was made by a call whose answer came too late", create.tableName());
        }
    }

    private static List<AttributeDefinition> attributes(TableResource table) {
        return table.attributeTypes().entrySet().stream()
                .map(entry -> AttributeDefinition.builder()
                        .attributeName(entry.getKey())
                        .attributeType(entry.getValue())
                        .build())
                .toList();
    }

    private static List<KeySchemaElement> keySchema(TableResource.Key key) {
        List<KeySchemaElement> schema = new ArrayList<>();
        schema.add(element(key.partition(), KeyType.HASH));
        key.sort().ifPresent(sort -> schema.add(element(sort, KeyType.RANGE)));
        return schema;
    }

    private static KeySchemaElement element(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    private static GlobalSecondaryIndex index(TableResource.Index index) {
        Projection.Builder projection = Projection.builder().projectionType(index.projection());
        if (!index.projected().isEmpty()) {
            projection.nonKeyAttributes(index.projected());
        }
        return GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(keySchema(index.key()))
                .projection(projection.build())
                .build();
    }
}
