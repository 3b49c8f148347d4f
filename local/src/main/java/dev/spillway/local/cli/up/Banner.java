package dev.spillway.local.cli.up;

import dev.spillway.local.system.LocalSystem;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** What a person has to know to use a system that is up, with commands to copy. */
public final class Banner {

    /** The AWS CLI signs every request; the local servers take any signature. */
    private static final String AWS =
            "AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION=us-east-1 aws --region us-east-1";

    private static final String MESSAGE = "{\"taskId\":\"hello\",\"taskDefinition\":\"spillway-word-count\","
            + "\"command\":[\"echo\",\"hello from Spillway\"]}";

    private Banner() {}

    /** @param page where the page is */
    public static List<String> lines(LocalSystem system, Path runDirectory, URI page) {
        return List.of(
                "Spillway is up. Ctrl-C stops it.",
                "",
                "  Page               " + page,
                "  Queue              " + system.taskQueueUrl(),
                "  Dead-letter queue  " + system.deadLetterQueueUrl(),
                "  SQS endpoint       " + system.sqsEndpoint(),
                "  DynamoDB endpoint  " + system.dynamoDbEndpoint(),
                "  Table              " + system.tableName(),
                "  Logs               " + runDirectory,
                "",
                "Send a task from another terminal:",
                "",
                firstTask(system),
                "",
                "Read its record:",
                "",
                AWS + " dynamodb get-item --endpoint-url " + system.dynamoDbEndpoint() + " --table-name "
                        + system.tableName() + " --key '{\"task_id\":{\"S\":\"hello\"}}'",
                "");
    }

    /** The command that sends a first task. */
    static String firstTask(LocalSystem system) {
        return AWS + " sqs send-message --endpoint-url " + system.sqsEndpoint() + " --queue-url "
                + system.taskQueueUrl() + " --message-body '" + MESSAGE + "'";
    }

    /** What to say when messages came to the dead-letter queue. */
    public static String deadLetters(int number, LocalSystem system) {
        return (number == 1 ? "1 message is" : number + " messages are")
                + " in the dead-letter queue; this reads one, with the reason: " + AWS
                + " sqs receive-message --endpoint-url " + system.sqsEndpoint() + " --queue-url "
                + system.deadLetterQueueUrl() + " --message-attribute-names All";
    }
}
