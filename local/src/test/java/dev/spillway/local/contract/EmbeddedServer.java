package dev.spillway.local.contract;

import dev.spillway.common.aws.AwsClients;
import dev.spillway.common.aws.SdkClients;
import dev.spillway.driver.launch.TaskNetwork;
import dev.spillway.local.dynamodb.EmbeddedDynamoDb;
import dev.spillway.local.ecs.EcsSettings;
import dev.spillway.local.ecs.SimulatedEcs;
import dev.spillway.local.lambda.LambdaFunction;
import dev.spillway.local.lambda.LambdaSettings;
import dev.spillway.local.lambda.SimulatedFunctionRunner;
import dev.spillway.local.lambda.SimulatedLambdaClient;
import dev.spillway.local.runtime.SimulatedRuntime;
import dev.spillway.local.sqs.EmbeddedSqs;
import dev.spillway.local.sqs.PollingClient;
import dev.spillway.local.template.LocalResourceValues;
import dev.spillway.local.template.ResourceValues;
import dev.spillway.local.time.RealTimeline;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What the local system is made of. It offers all of the contract, so a case that it cannot run has failed. */
final class EmbeddedServer implements AwsServer {

    private static final String ACCOUNT = EmbeddedSqs.ACCOUNT_ID;
    private static final EcsSettings SETTINGS = EcsSettings.defaults();

    /** Longer than any case: a task ends when the case stops it, or never. */
    private static final Duration TASK_DURATION = Duration.ofHours(1);

    private final SdkHttpClient http = SdkClients.httpClient();
    private final RealTimeline timeline = new RealTimeline();
    private final SimulatedRuntime runtime = new SimulatedRuntime(timeline, TASK_DURATION);
    private final SimulatedFunctionRunner functionRunner = new SimulatedFunctionRunner(timeline, TASK_DURATION);
    private final SimulatedEcs ecs = new SimulatedEcs(SETTINGS, timeline, runtime, event -> {});
    private final EmbeddedSqs sqs = EmbeddedSqs.start(0, SETTINGS.region());
    private final EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start(0);

    private LambdaClient lambda = lambdaWith(Map.of());

    @Override
    public String region() {
        return SETTINGS.region();
    }

    @Override
    public AwsClients clients() {
        return new AwsClients() {
            @Override
            public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
                    Class<C> type, Supplier<B> builder) {
                if (type == EcsClient.class) {
                    return type.cast(ecs.client());
                }
                if (type == LambdaClient.class) {
                    return type.cast(lambda);
                }
                URI endpoint = type == SqsClient.class ? sqs.endpoint() : dynamoDb.endpoint();
                return at(endpoint, http).client(type, builder);
            }
        };
    }

    @Override
    public SdkHttpClient http() {
        return http;
    }

    @Override
    public DynamoDbClient dynamoDb(SdkHttpClient through) {
        return at(dynamoDb.endpoint(), through).client(DynamoDbClient.class, DynamoDbClient::builder);
    }

    @Override
    public SqsClient pollingSqs() {
        return PollingClient.at(sqs.endpoint(), Region.of(region()), 8);
    }

    @Override
    public ResourceValues values() {
        return new LocalResourceValues(region(), ACCOUNT, sqs.endpoint());
    }

    @Override
    public TaskNetwork network() {
        return new TaskNetwork(List.of("subnet-local"), List.of("sg-local"), "DISABLED");
    }

    @Override
    public void createCluster(String name) {
        ecs.createCluster(name, "FARGATE", "FARGATE_SPOT");
    }

    @Override
    public List<String> addInstances(String cluster, int count, String capacity) {
        return IntStream.range(0, count)
                .mapToObj(i -> ecs.addInstance(cluster, "m5.large", capacity, region() + "a", Map.of()))
                .toList();
    }

    @Override
    public void createFunction(String name) {
        lambda = lambdaWith(Map.of(name, new LambdaFunction(name, List.of("true"), Map.of(), 3, 128)));
    }

    /** Clusters are simulated, with all that is in them, until the whole of it is closed. */
    @Override
    public void deleteCluster(String name) {}

    @Override
    public void deleteTaskDefinition(String arn) {}

    @Override
    public void deleteFunction(String name) {}

    @Override
    public Optional<String> refusal() {
        return Optional.empty();
    }

    @Override
    public void forgetRefusals() {}

    @Override
    public void close() {
        dynamoDb.close();
        sqs.close();
        functionRunner.close();
        runtime.close();
        timeline.close();
        http.close();
    }

    private LambdaClient lambdaWith(Map<String, LambdaFunction> functions) {
        return new SimulatedLambdaClient(
                LambdaSettings.defaults(), functions, functionRunner, timeline, event -> {}, 1);
    }

    private AwsClients at(URI endpoint, SdkHttpClient client) {
        return SdkClients.at(endpoint, Region.of(region()), client);
    }
}
