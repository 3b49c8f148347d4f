package dev.spillway.local.graphql;

import dev.spillway.common.store.DynamoDbTaskIndex;
import dev.spillway.common.store.DynamoDbTaskStore;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.LocalAws;
import dev.spillway.local.dynamodb.EmbeddedDynamoDb;
import dev.spillway.local.dynamodb.Tables;
import dev.spillway.local.template.Deployment;
import dev.spillway.local.template.LocalResourceValues;
import dev.spillway.local.template.TableResource;
import dev.spillway.local.template.Template;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table of template.yaml in DynamoDB Local, with the store that writes it. */
final class TasksTable implements AutoCloseable {

    private static final String NAME = "spillway-tasks";

    private final EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(0);
    private final DynamoDbClient client = LocalAws.dynamoDb(dynamoDb.endpoint());
    private final DynamoDbTaskStore store = new DynamoDbTaskStore(client, NAME);

    TasksTable() {
        TableResource table = Template.read(
                        Path.of("..", "template.yaml"),
                        new Deployment("spillway", "us-east-1", "012345678910", Map.of("Subnets", "subnet-1")),
                        new LocalResourceValues("us-east-1", "012345678910", URI.create("http://sqs")))
                .tables()
                .getFirst();
        Tables.create(client, table);
    }

    DynamoDbClient client() {
        return client;
    }

    DynamoDbTaskIndex index() {
        return new DynamoDbTaskIndex(client, NAME);
    }

    /** Writes a new record. */
    TaskRecord create(TaskRecord record) {
        return switch (store.create(record)) {
            case TaskStore.Creation.Created created -> created.record();
            case TaskStore.Creation.Exists exists -> throw new AssertionError("there is one: " + exists);
        };
    }

    /** Writes a record again. */
    void update(TaskRecord record) {
        if (!(store.update(record) instanceof TaskStore.Update.Updated)) {
            throw new AssertionError("somebody else has written " + record.taskId());
        }
    }

    /** The item of a task, as the table's stream shows it. */
    Map<String, AttributeValue> item(TaskId taskId) {
        return client.getItem(get -> get.tableName(NAME).key(Map.of("task_id", AttributeValue.fromS(taskId.value()))))
                .item();
    }

    @Override
    public void close() {
        client.close();
        dynamoDb.close();
    }
}
