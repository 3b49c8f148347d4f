package dev.spillway.local.system;

import dev.spillway.common.aws.AwsClients;
import dev.spillway.common.aws.SdkClients;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.store.DynamoDbTaskIndex;
import dev.spillway.common.store.DynamoDbTaskStore;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.capacity.ClusterView;
import dev.spillway.local.capacity.DeployedCapacity;
import dev.spillway.local.capacity.Pace;
import dev.spillway.local.cloudwatch.SimulatedCloudWatch;
import dev.spillway.local.dynamodb.EmbeddedDynamoDb;
import dev.spillway.local.dynamodb.Tables;
import dev.spillway.local.ecs.InstanceType;
import dev.spillway.local.eventbridge.AsyncDelivery;
import dev.spillway.local.eventbridge.Envelope;
import dev.spillway.local.eventbridge.EventBus;
import dev.spillway.local.eventbridge.EventPattern;
import dev.spillway.local.eventbridge.LocalEventBridgeClient;
import dev.spillway.local.eventbridge.UnknownPatternException;
import dev.spillway.local.functions.FunctionInitException;
import dev.spillway.local.loopback.PortInUseException;
import dev.spillway.local.metrics.PublishedMetrics;
import dev.spillway.local.runtime.TaskLogFile;
import dev.spillway.local.sqs.EmbeddedSqs;
import dev.spillway.local.sqs.QueueMetrics;
import dev.spillway.local.sqs.Queues;
import dev.spillway.local.template.Deployment;
import dev.spillway.local.template.LocalResourceValues;
import dev.spillway.local.template.QueueResource;
import dev.spillway.local.template.Template;
import dev.spillway.local.template.TemplateException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The local system, started from template.yaml: the same file that is deployed says what runs here. */
public final class TemplateSystem implements LocalSystem {

    private static final Logger LOG = LoggerFactory.getLogger(TemplateSystem.class);

    private static final String STACK = "spillway";
    private static final String REGION = "us-east-1";
    private static final String ACCOUNT = "000000000000";
    private static final long SEED = 1;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final RecordWatch watch = new RecordWatch();
    private final Path runDirectory;
    private final EmbeddedSqs sqsServer;
    private final EmbeddedDynamoDb dynamoDbServer;
    private final Template template;
    private final SqsClient sqs;
    private final TaskStore store;
    private final TaskIndex index;
    private final EventBus bus;
    private final DeployedCapacity capacity;
    private final ClusterView clusterView;

    private TemplateSystem(SystemOptions options) {
        runDirectory = options.runDirectory();
        CompletableFuture<EmbeddedDynamoDb> dynamoDbStart =
                CompletableFuture.supplyAsync(() -> EmbeddedDynamoDb.start(options.dynamoDbPort()));
        try {
            sqsServer = part(EmbeddedSqs.start(options.sqsPort(), REGION));
        } finally {
            // Also when SQS has failed: what was started has to be stopped.
            dynamoDbStart.whenComplete((server, failure) -> {
                if (server != null) {
                    parts.push(server::close);
                }
            });
        }
        dynamoDbServer = dynamoDbStart.join();
        template = Template.read(
                options.projectDirectory().resolve("template.yaml"),
                new Deployment(STACK, REGION, ACCOUNT, parameters(options)),
                new LocalResourceValues(REGION, ACCOUNT, sqsServer.endpoint()));

        SdkHttpClient http = part(SdkClients.httpClient());
        sqs = client(sqsServer.endpoint(), http).client(SqsClient.class, SqsClient::builder);
        DynamoDbClient dynamoDb =
                client(dynamoDbServer.endpoint(), http).client(DynamoDbClient.class, DynamoDbClient::builder);
        Map<String, String> queueUrls = Queues.create(sqs, template.queues());
        template.tables().forEach(table -> Tables.create(dynamoDb, table));
        store = new DynamoDbTaskStore(dynamoDb, tableName());
        index = new DynamoDbTaskIndex(dynamoDb, tableName());

        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("schedules").factory());
        parts.push(scheduler::shutdownNow);
        AsyncDelivery delivery = part(new AsyncDelivery(scheduler, AsyncDelivery.LAMBDA_RETRIES, undelivered -> {}));
        bus = new EventBus(delivery);
        String cluster = output("ClusterName");
        JoinedInstances joined = new JoinedInstances(options.instances(), bus::put);
        LocalCompute compute = part(LocalCompute.start(options, template.clusters(), joined));
        capacity = new DeployedCapacity(
                template, cluster, compute.ecs(), compute.timeline(), bus::put, Pace.WATCHED, SEED);
        clusterView = capacity.view(compute.functions());
        SpotInterruptions interruptions =
                new SpotInterruptions(compute.ecs(), cluster, capacity.ec2(), options.interruptions());
        bus.addRule("SpotInterruptions", EventPattern.parse(SpotInterruptions.pattern()), interruptions::see);
        SimulatedCloudWatch cloudWatch = capacity.cloudWatch();
        Clock clock = Clock.systemUTC();
        Envelope envelope = new Envelope(REGION, ACCOUNT);
        AwsClients clients = new LocalClients(Map.of(
                EventBridgeClient.class, new LocalEventBridgeClient(bus, envelope, clock),
                SqsClient.class, sqs,
                DynamoDbClient.class, watch.watching(dynamoDb),
                EcsClient.class, compute.ecsClient(),
                CloudWatchClient.class, cloudWatch.client(),
                AutoScalingClient.class, capacity.autoScaling().client(),
                LambdaClient.class, compute.lambdaClient()));
        part(QueueMetrics.start(
                compute.timeline(), capacity.metrics(), () -> Queues.depths(sqs, template.queues(), queueUrls)));
        part(LocalFunctions.start(
                template,
                function -> FunctionRuntime.onThisMachine(
                        function.environment(),
                        clients,
                        PublishedMetrics.of(cloudWatch, function.environment(), clock)),
                new LocalFunctions.Sources(
                        sqsServer,
                        watch,
                        queueUrls,
                        queueArns(),
                        bus,
                        delivery,
                        scheduler,
                        new Envelope(REGION, ACCOUNT)),
                clock,
                capacity.metrics()));
        // The first message is to find the instances that were asked for.
        joined.await();
    }

    /**
     * Starts it; see {@link SystemFactory}.
     *
     * @throws SystemStartException when it cannot start, for a reason that the person at the command line can change
     */
    public static TemplateSystem start(SystemOptions options) {
        try {
            return new TemplateSystem(options);
        } catch (PortInUseException | TemplateException | FunctionInitException | UnknownPatternException wrong) {
            throw new SystemStartException(String.valueOf(wrong.getMessage()), wrong);
        } catch (CompletionException wrapped) {
            if (wrapped.getCause() instanceof PortInUseException inUse) {
                throw new SystemStartException(String.valueOf(inUse.getMessage()), inUse);
            }
            throw wrapped;
        }
    }

    @Override
    public URI sqsEndpoint() {
        return sqsServer.endpoint();
    }

    @Override
    public URI dynamoDbEndpoint() {
        return dynamoDbServer.endpoint();
    }

    @Override
    public String taskQueueUrl() {
        return output("TaskQueueUrl");
    }

    @Override
    public String deadLetterQueueUrl() {
        return output("DeadLetterQueueUrl");
    }

    @Override
    public String tableName() {
        return output("TaskTableName");
    }

    @Override
    public SqsClient sqs() {
        return sqs;
    }

    @Override
    public TaskStore store() {
        return store;
    }

    @Override
    public TaskIndex index() {
        return index;
    }

    @Override
    public ClusterView cluster() {
        return clusterView;
    }

    @Override
    public Path logOf(String taskId) {
        String arn = store.find(new TaskId(taskId)).map(TaskRecord::taskArn).orElse(taskId);
        return TaskLogFile.of(runDirectory, arn);
    }

    @Override
    public void onRecord(Consumer<TaskRecord> listener) {
        watch.add(listener);
    }

    /** The metrics of the functions and of the simulated services. */
    SimulatedCloudWatch cloudWatch() {
        return capacity.cloudWatch();
    }

    /** The default event bus, for who wants to add a rule of their own. */
    EventBus bus() {
        return bus;
    }

    /** Stops the parts in the reverse order of their start. One that fails to stop does not keep the others running. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failure) {
                LOG.warn("a part of the local system did not stop cleanly", failure);
            }
        }
    }

    private <T extends AutoCloseable> T part(T started) {
        parts.push(started);
        return started;
    }

    private String output(String name) {
        String value = template.outputs().get(name);
        if (value == null) {
            throw new SystemStartException("template.yaml: the output " + name + " is missing.");
        }
        return value;
    }

    private Map<String, String> queueArns() {
        Map<String, String> arns = new HashMap<>();
        for (QueueResource queue : template.queues()) {
            arns.put(queue.logicalId(), "arn:aws:sqs:%s:%s:%s".formatted(REGION, ACCOUNT, queue.name()));
        }
        return arns;
    }

    /** What a person would answer to {@code sam deploy --guided}. Every second instance is a Spot Instance. */
    private static Map<String, String> parameters(SystemOptions options) {
        InstanceType type = LocalCompute.instanceType(options);
        int onDemand = options.instances() / 2;
        int spot = options.instances() - onDemand;
        Map<String, String> parameters = new HashMap<>(options.parameters());
        parameters.put("Subnets", "subnet-local");
        parameters.put("InstanceType", type.name());
        parameters.put("SecondSpotInstanceType", "");
        parameters.put("ThirdSpotInstanceType", "");
        parameters.put("LargestInstanceCpu", Integer.toString(type.cpu()));
        parameters.put("LargestInstanceMemory", Integer.toString(type.memory()));
        parameters.put("SpotMinSize", Integer.toString(spot));
        parameters.put("SpotMaxSize", Integer.toString(spot));
        parameters.put("OnDemandMinSize", Integer.toString(onDemand));
        parameters.put("OnDemandMaxSize", Integer.toString(onDemand));
        return parameters;
    }

    private static AwsClients client(URI endpoint, SdkHttpClient http) {
        return SdkClients.at(endpoint, Region.of(REGION), http);
    }
}
