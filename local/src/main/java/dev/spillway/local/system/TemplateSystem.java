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
import dev.spillway.local.dynamodb.Tables;
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
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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

    private static final String STACK = "spillway";
    private static final String REGION = "us-east-1";
    private static final String ACCOUNT = "000000000000";
    private static final long SEED = 1;

    private final StartedParts parts;
    private final RecordWatch watch = new RecordWatch();
    private final Path runDirectory;
    private final EmbeddedServers servers;
    private final Template template;
    private final Map<String, String> outputs;
    private final SqsClient sqs;
    private final TaskStore store;
    private final TaskIndex index;
    private final EventBus bus;
    private final DeployedCapacity capacity;
    private final ClusterView clusterView;

    /** @param parts is given all that has to be stopped, also if the start does not succeed */
    private TemplateSystem(SystemOptions options, StartedParts parts) {
        this.parts = parts;
        runDirectory = options.runDirectory();
        servers = EmbeddedServers.start(options, REGION, parts);
        template = Template.read(
                options.projectDirectory().resolve("template.yaml"),
                new Deployment(STACK, REGION, ACCOUNT, GuidedParameters.of(options)),
                new LocalResourceValues(REGION, ACCOUNT, servers.sqs().endpoint()));

        outputs = template.outputs();

        SdkHttpClient http = parts.add(SdkClients.httpClient());
        sqs = client(servers.sqs().endpoint(), http).client(SqsClient.class, SqsClient::builder);
        DynamoDbClient dynamoDb =
                client(servers.dynamoDb().endpoint(), http).client(DynamoDbClient.class, DynamoDbClient::builder);
        Map<String, String> queueUrls = Queues.create(sqs, template.queues());
        template.tables().forEach(table -> Tables.create(dynamoDb, table));
        store = new DynamoDbTaskStore(dynamoDb, tableName());
        index = new DynamoDbTaskIndex(dynamoDb, tableName());

        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("schedules").factory());
        parts.add(scheduler::shutdownNow);
        AsyncDelivery delivery =
                parts.add(new AsyncDelivery(scheduler, AsyncDelivery.LAMBDA_RETRIES, undelivered -> {}));
        bus = new EventBus(delivery);
        String cluster = output("ClusterName");
        JoinedInstances joined = new JoinedInstances(options.instances(), bus::put);
        LocalCompute compute = parts.add(LocalCompute.start(options, template.clusters(), joined));
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
        parts.add(QueueMetrics.start(
                compute.timeline(), capacity.metrics(), () -> Queues.depths(sqs, template.queues(), queueUrls)));
        parts.add(LocalFunctions.start(
                template,
                function -> FunctionRuntime.onThisMachine(
                        function.environment(),
                        clients,
                        PublishedMetrics.of(cloudWatch, function.environment(), clock)),
                new LocalFunctions.Sources(
                        servers.sqs(),
                        watch,
                        queueUrls,
                        template.queues().stream()
                                .collect(Collectors.toMap(QueueResource::logicalId, QueueResource::arn)),
                        bus,
                        delivery,
                        scheduler,
                        envelope),
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
        StartedParts parts = new StartedParts();
        try {
            return new TemplateSystem(options, parts);
        } catch (RuntimeException failure) {
            // Servers that were left running would keep the JVM from its end.
            parts.close();
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (isForAPerson(cause)) {
                throw new SystemStartException(String.valueOf(cause.getMessage()), cause);
            }
            throw failure;
        }
    }

    private static boolean isForAPerson(Throwable failure) {
        return failure instanceof PortInUseException
                || failure instanceof TemplateException
                || failure instanceof FunctionInitException
                || failure instanceof UnknownPatternException;
    }

    @Override
    public URI sqsEndpoint() {
        return servers.sqs().endpoint();
    }

    @Override
    public URI dynamoDbEndpoint() {
        return servers.dynamoDb().endpoint();
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

    /** Stops its parts, in the reverse order of their start. */
    @Override
    public void close() {
        parts.close();
    }

    private String output(String name) {
        String value = outputs.get(name);
        if (value == null) {
            throw new SystemStartException("template.yaml: the output " + name + " is missing.");
        }
        return value;
    }

    private static AwsClients client(URI endpoint, SdkHttpClient http) {
        return SdkClients.at(endpoint, Region.of(REGION), http);
    }
}
