package dev.spillway.common.store;

import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The records in a DynamoDB table. A record is put as a whole, under a condition; a put whose condition fails returns
 * the item that stood in its way ({@code ALL_OLD}), so that a conflict costs no read.
 *
 * <p>The SDK repeats a put whose answer it did not get. Where the first one had been made, the second one's condition
 * fails, on the very record that it wanted to write: that is success.
 *
 * <p>Errors of DynamoDB ({@link software.amazon.awssdk.core.exception.SdkException}) are thrown as they come. A put that
 * failed with one may still have been made.
 */
public final class DynamoDbTaskStore implements TaskStore {

    private static final String IS_NEW = "attribute_not_exists(" + TaskTable.TASK_ID + ")";
    private static final String IS_UNCHANGED = TaskTable.VERSION + " = :read";

    private final DynamoDbClient dynamoDb;
    private final String table;

    public DynamoDbTaskStore(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    /**
     * The record of an item of the table, for whoever reads the table's stream.
     *
     * @throws IllegalStateException if this version of the program cannot have written the item
     */
    public static TaskRecord record(Map<String, AttributeValue> item) {
        return TaskItem.read(item);
    }

    @Override
    public Creation create(TaskRecord first) {
        TaskRecord intended = StoredForm.of(first, 1);
        try {
            dynamoDb.putItem(put(intended).conditionExpression(IS_NEW).build());
            return new Creation.Created(intended);
        } catch (ConditionalCheckFailedException e) {
            TaskRecord current = TaskItem.read(e.item());
            return current.equals(intended) ? new Creation.Created(current) : new Creation.Exists(current);
        }
    }

    @Override
    public Update update(TaskRecord next) {
        TaskRecord intended = StoredForm.of(next, next.version() + 1);
        try {
            dynamoDb.putItem(put(intended)
                    .conditionExpression(IS_UNCHANGED)
                    .expressionAttributeValues(Map.of(":read", AttributeValue.fromN(Long.toString(next.version()))))
                    .build());
            return new Update.Updated(intended);
        } catch (ConditionalCheckFailedException e) {
            if (!e.hasItem()) {
                return new Update.Conflict(null);
            }
            TaskRecord current = TaskItem.read(e.item());
            return current.equals(intended) ? new Update.Updated(current) : new Update.Conflict(current);
        }
    }

    /** Read with strong consistency: by default DynamoDB may answer with what was before the last write. */
    @Override
    public Optional<TaskRecord> find(TaskId taskId) {
        return Optional.of(dynamoDb.getItem(request -> request.tableName(table)
                        .key(Map.of(TaskTable.TASK_ID, AttributeValue.fromS(taskId.value())))
                        .consistentRead(true)))
                .filter(response -> response.hasItem())
                .map(response -> TaskItem.read(response.item()));
    }

    private PutItemRequest.Builder put(TaskRecord record) {
        return PutItemRequest.builder()
                .tableName(table)
                .item(TaskItem.write(record))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    }
}
