package dev.spillway.common.store;

import dev.spillway.common.aws.AwsClients;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Opens the table of the records by its name: in DynamoDB, or in memory where a day is to pass in seconds. */
public interface TaskTables {

    /** The records, one by one. */
    TaskStore store(String table);

    /** The records, by something else than their id. */
    TaskIndex index(String table);

    /** Tables in DynamoDB. */
    static TaskTables inDynamoDb(AwsClients aws) {
        DynamoDbClient dynamoDb = aws.client(DynamoDbClient.class, DynamoDbClient::builder);
        return new TaskTables() {
            @Override
            public TaskStore store(String table) {
                return new DynamoDbTaskStore(dynamoDb, table);
            }

            @Override
            public TaskIndex index(String table) {
                return new DynamoDbTaskIndex(dynamoDb, table);
            }
        };
    }
}
