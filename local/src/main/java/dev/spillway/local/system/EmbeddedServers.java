package dev.spillway.local.system;

import dev.spillway.local.dynamodb.EmbeddedDynamoDb;
import dev.spillway.local.sqs.EmbeddedSqs;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The servers of the services that are not simulated. */
record EmbeddedServers(EmbeddedSqs sqs, EmbeddedDynamoDb dynamoDb) {

    /**
     * Starts them at the same time, because each takes its while.
     *
     * @param parts get what was started, also when the other one cannot start
     * @throws CompletionException around what kept DynamoDB from starting; what keeps SQS is thrown as it comes
     */
    static EmbeddedServers start(SystemOptions options, String region, StartedParts parts) {
        CompletableFuture<EmbeddedDynamoDb> dynamoDb =
                CompletableFuture.supplyAsync(() -> EmbeddedDynamoDb.start(options.dynamoDbPort()));
        EmbeddedSqs sqs;
        try {
            sqs = parts.add(EmbeddedSqs.start(options.sqsPort(), region));
        } finally {
            // Also when SQS has failed: what was started has to be stopped.
            dynamoDb.whenComplete((server, failure) -> {
                if (server != null) {
                    parts.add(server::close);
                }
            });
        }
        return new EmbeddedServers(sqs, dynamoDb.join());
    }
}
