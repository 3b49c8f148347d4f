package dev.spillway.local.cli.deployment;

import dev.spillway.common.aws.AwsClients;
import dev.spillway.common.aws.SdkClients;
import dev.spillway.common.store.DynamoDbTaskIndex;
import dev.spillway.common.store.DynamoDbTaskStore;
import dev.spillway.local.cli.up.UpFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Opens the Spillway of this repository that is up, or one on AWS. Builds each client only when it is needed. */
public final class OpenDeployments implements Deployments {

    private static final String NOBODY_HERE = "No Spillway is up here: start one with ./spillway up, or name a deployed"
            + " one with --stack or --table and --queue-url.";

    private static final int CONNECT_MILLIS = 1_000;

    /** The Region that the local servers are told; they take any. */
    private static final Region LOCAL = Region.US_EAST_1;

    private final Path projectDirectory;

    /**
     * @param projectDirectory the repository
     */
    public OpenDeployments(Path projectDirectory) {
        this.projectDirectory = projectDirectory;
    }

    @Override
    public Deployment open(Target target) {
        SdkHttpClient http = SdkClients.httpClient();
        try {
            return switch (target) {
                case Target.Here ignored -> here(http);
                case Target.Stack stack -> onAws(StackOutputs.read(stack, new InRegion(stack.region(), http)), http);
                case Target.Parts parts -> onAws(parts, http);
            };
        } catch (SdkException failure) {
            http.close();
            throw UnreachableException.because(failure, target);
        } catch (UnreachableException nothingThere) {
            http.close();
            throw nothingThere;
        }
    }

    private Deployment here(SdkHttpClient http) {
        UpFile up = whatIsUp();
        DynamoDbClient dynamoDb =
                SdkClients.at(up.dynamoDbEndpoint(), LOCAL, http).client(DynamoDbClient.class, DynamoDbClient::builder);
        return new Deployment(
                new DynamoDbTaskStore(dynamoDb, up.tableName()),
                new DynamoDbTaskIndex(dynamoDb, up.tableName()),
                body -> send(SdkClients.at(up.sqsEndpoint(), LOCAL, http), up.taskQueueUrl(), body),
                new RunDirectoryLogs(up.runDirectory()),
                http::close);
    }

    /** What the file tells of may have ended without removing it. */
    private UpFile whatIsUp() {
        try {
            return UpFile.ofRunning(projectDirectory)
                    .filter(up -> answers(up.sqsEndpoint()) && answers(up.dynamoDbEndpoint()))
                    .orElseThrow(() -> new UnreachableException(NOBODY_HERE));
        } catch (IOException unreadable) {
            throw new UnreachableException(NOBODY_HERE);
        }
    }

    private static boolean answers(URI endpoint) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private static Deployment onAws(Target.Parts parts, SdkHttpClient http) {
        AwsClients aws = new InRegion(parts.region(), http);
        DynamoDbClient dynamoDb = aws.client(DynamoDbClient.class, DynamoDbClient::builder);
        return new Deployment(
                new DynamoDbTaskStore(dynamoDb, parts.table()),
                new DynamoDbTaskIndex(dynamoDb, parts.table()),
                body -> send(aws, parts.queueUrl(), body),
                (task, run) -> logs(aws, parts.region(), http).tail(task, run),
                http::close);
    }

    private static TaskLogs logs(AwsClients aws, @Nullable String region, SdkHttpClient http) {
        return new CloudWatchLogs(
                aws.client(EcsClient.class, EcsClient::builder),
                named -> new InRegion(named == null ? region : named, http)
                        .client(CloudWatchLogsClient.class, CloudWatchLogsClient::builder));
    }

    private static void send(AwsClients aws, @Nullable String queueUrl, String body) {
        if (queueUrl == null) {
            throw new UnreachableException(
                    "To send a message Spillway needs the queue, too: name it with --queue-url.");
        }
        aws.client(SqsClient.class, SqsClient::builder)
                .sendMessage(r -> r.queueUrl(queueUrl).messageBody(body));
    }
}
