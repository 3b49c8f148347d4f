package dev.spillway.local.system;

import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.capacity.ClusterView;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The whole of Spillway in this JVM, started from template.yaml. */
public interface LocalSystem extends AutoCloseable {

    /** Where the plain AWS CLI reaches SQS. */
    URI sqsEndpoint();

    /** Where the plain AWS CLI reaches DynamoDB. */
    URI dynamoDbEndpoint();

    /** The queue that tasks are sent to. */
    String taskQueueUrl();

    /** The queue of the messages that could not be accepted. */
    String deadLetterQueueUrl();

    /** The table of the records. */
    String tableName();

    /** A client of the embedded SQS. */
    SqsClient sqs();

    /** The records. */
    TaskStore store();

    /** The records, by other things than their id. */
    TaskIndex index();

    /** The cluster, as somebody sees it who watches. */
    ClusterView cluster();

    /** Where the output of a task's containers is written. */
    Path logOf(String taskId);

    /** Calls the listener with each record that a function has written, after the write, on the writer's thread. */
    void onRecord(Consumer<TaskRecord> listener);

    /** Stops everything: tasks, functions, servers. */
    @Override
    void close();
}
