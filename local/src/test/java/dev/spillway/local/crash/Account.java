package dev.spillway.local.crash;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.spillway.common.aws.AwsClients;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.message.ReleaseMessage;
import dev.spillway.common.store.InMemoryTaskStore;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.store.TaskTables;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.ecs.EcsSettings;
import dev.spillway.local.ecs.SimulatedEcs;
import dev.spillway.local.functions.FunctionHost;
import dev.spillway.local.lambda.FunctionRunner;
import dev.spillway.local.lambda.LambdaFunction;
import dev.spillway.local.lambda.LambdaSettings;
import dev.spillway.local.lambda.SimulatedFunctionRunner;
import dev.spillway.local.lambda.SimulatedLambdaClient;
import dev.spillway.local.metrics.PublishedMetrics;
import dev.spillway.local.runtime.SimulatedRuntime;
import dev.spillway.local.template.Deployment;
import dev.spillway.local.template.FunctionResource;
import dev.spillway.local.template.LocalResourceValues;
import dev.spillway.local.template.Template;
import dev.spillway.local.time.SimulatedTimeline;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/**
 * An AWS account in simulated time with the driver and the task-state function deployed in it as template.yaml says. The
 * driver's calls are {@link Calls}.
 *
 * <p>The records are in memory: a call to the store is a call to AWS and can go wrong like any other, and the contract
 * suite of the stores holds the memory to what DynamoDB does. With DynamoDB the same runs would take minutes.
 */
final class Account {

    /** The definition that messages name. */
    static final String DEFINITION = "spillway-job";

    /** The function that messages name. */
    static final String FUNCTION = "spillway-fn";

    private static final String TASKS = "spillway-tasks";
    private static final String RELEASED = "spillway-released";
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final String CLUSTER = "spillway";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(6);

    /** Longer than a message is in flight with all its receives, a task runs, and a function may keep silent. */
    private static final Duration MOST = Duration.ofHours(3);

    /** Long enough for late events, and for a task that nobody knew of to show itself. */
    private static final Duration AFTERWARDS = Duration.ofMinutes(15);

    private static final int MAX_RECEIVE_COUNT = 5;
    private static final List<FunctionResource> FUNCTIONS = Template.read(
                    Path.of("../template.yaml"),
                    new Deployment("spillway", "us-east-1", "000000000000", Map.of("Subnets", "subnet-1")),
                    new LocalResourceValues("us-east-1", "000000000000", URI.create("http://sqs")))
            .functions();

    private final SimulatedTimeline timeline = new SimulatedTimeline(START, 1);
    private final InMemoryTaskStore records = new InMemoryTaskStore();
    private final Calls calls;
    private final News news;
    private final SimulatedEcs ecs;
    private final LambdaClient lambda;
    private final FunctionHost taskState;
    private final List<JsonNode> ecsEvents = new ArrayList<>();
    private final List<JsonNode> invocations = new ArrayList<>();
    private final List<String> deadLetters = new ArrayList<>();
    private final List<Message> unacknowledged = new ArrayList<>();
    private FunctionHost driver;

    Account(Calls calls, News news) {
        this.calls = calls;
        this.news = news;
        ecs = new SimulatedEcs(
                EcsSettings.defaults(), timeline, new SimulatedRuntime(timeline, news.runTime()), this::happened);
        ecs.createCluster(CLUSTER, "FARGATE", "FARGATE_SPOT");
        ecs.registerTaskDefinition(definition());
        lambda = lambda();
        taskState = FunctionHost.start(function("TaskStateFunction"), runtime("TaskStateFunction", new Direct()));
        driver = startDriver();
        timeline.schedule(MINUTE, this::sweep);
        if (news == News.BEFORE_THE_ANSWER) {
            calls.afterEach(() -> timeline.runFor(Duration.ZERO));
        }
    }

    /** A message of SQS. */
    private static final class Message {
        private final String id = UUID.randomUUID().toString();
        private final String queue;
        private final String body;
        private final Instant sentAt;
        private int receiveCount;

        Message(String queue, String body, Instant sentAt) {
            this.queue = queue;
            this.body = body;
            this.sentAt = sentAt;
        }
    }

    /** Sends messages to the task queue, which hands them to the driver as one batch. */
    void send(String... bodies) {
        send(TASKS, List.of(bodies), Duration.ZERO);
    }

    /** Sends a task's release as the task-state function does. */
    void release(String taskId) {
        send(
                RELEASED,
                List.of(new ReleaseMessage(new TaskId(taskId), new ReleaseMessage.Reach.WholeChain()).body()),
                Duration.ZERO);
    }

    /** Adds a container instance. */
    Account instance(String type) {
        ecs.addInstance(CLUSTER, type, "spot", "us-east-1a", Map.of());
        return this;
    }

    /** Fills an m5.large with a task of somebody else's. */
    Account instanceThatIsFullFor(Duration time) {
        instance("m5.large");
        ecs.client()
                .runTask(r -> r.cluster(CLUSTER)
                        .taskDefinition(DEFINITION)
                        .launchType(LaunchType.EC2)
                        .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-1")))
                        .overrides(o -> o.cpu("2048")
                                .containerOverrides(c -> c.name("main")
                                        .cpu(2_048)
                                        .environment(e ->
                                                e.name(SimulatedRuntime.SECONDS).value(time.toSeconds() + "")))));
        return this;
    }

    Account fargateIsFull() {
        ecs.fargateAvailable("FARGATE", false);
        return this;
    }

    /** Lets time pass, and everything happen that is due in it. */
    Account pass(Duration time) {
        timeline.runFor(time);
        return this;
    }

    /** Lets time pass until every message is acknowledged and every task has ended, and then some more. */
    void settle() {
        Instant end = START.plus(MOST);
        while (!isSettled() && timeline.now().isBefore(end)) {
            pass(MINUTE);
        }
        pass(AFTERWARDS);
    }

    private boolean isSettled() {
        return unacknowledged.isEmpty()
                && Stream.of(TaskStatus.values())
                        .filter(status -> !status.isEnd())
                        .allMatch(status -> records.withStatus(status, 1).isEmpty());
    }

    /** The calls of the driver. */
    Calls calls() {
        return calls;
    }

    TaskRecord record(String taskId) {
        return records.find(new TaskId(taskId)).orElseThrow();
    }

    /** The ARNs of all ECS tasks that were ever started for the task. */
    Set<String> started(String taskId) {
        Set<String> arns = new HashSet<>();
        for (JsonNode event : ecsEvents) {
            if (event.at("/detail/startedBy").asText().equals("spillway/" + taskId)) {
                arns.add(event.at("/detail/taskArn").asText());
            }
        }
        return arns;
    }

    /** The ARNs of the ECS tasks that were started for the task and have not stopped. */
    List<String> alive(String taskId) {
        return ecs.client()
                .listTasks(r -> r.cluster(CLUSTER).startedBy("spillway/" + taskId))
                .taskArns();
    }

    /** The events that the function was invoked with. */
    List<JsonNode> invocations() {
        return List.copyOf(invocations);
    }

    /** The bodies in the dead-letter queue that the driver has put there. */
    List<String> deadLetters() {
        return List.copyOf(deadLetters);
    }

    /** The bodies that nobody has acknowledged, those that SQS has given up among them. */
    List<String> unacknowledged() {
        return unacknowledged.stream().map(message -> message.body).toList();
    }

    private void send(String queue, List<String> bodies, Duration delay) {
        Instant now = timeline.now();
        List<Message> batch =
                bodies.stream().map(body -> new Message(queue, body, now)).toList();
        unacknowledged.addAll(batch);
        timeline.schedule(delay, () -> deliver(batch));
    }

    private void deliver(List<Message> batch) {
        batch.forEach(message -> message.receiveCount++);
        Set<String> again = new HashSet<>();
        try {
            driver.invoke(event(batch), SQSBatchResponse.class)
                    .getBatchItemFailures()
                    .forEach(failure -> again.add(failure.getItemIdentifier()));
        } catch (ProcessEnded ended) {
            batch.forEach(message -> again.add(message.id));
            calls.restarted();
            driver = startDriver();
        }
        for (Message message : batch) {
            if (!again.contains(message.id)) {
                unacknowledged.remove(message);
            } else if (message.receiveCount < MAX_RECEIVE_COUNT) {
                timeline.schedule(VISIBILITY_TIMEOUT, () -> deliver(List.of(message)));
            }
        }
    }

    private static SQSEvent event(List<Message> batch) {
        SQSEvent event = new SQSEvent();
        event.setRecords(batch.stream()
                .map(message -> {
                    SQSEvent.SQSMessage received = new SQSEvent.SQSMessage();
                    received.setMessageId(message.id);
                    received.setBody(message.body);
                    received.setEventSourceArn("arn:aws:sqs:us-east-1:000000000000:" + message.queue);
                    received.setAttributes(Map.of("SentTimestamp", Long.toString(message.sentAt.toEpochMilli())));
                    return received;
                })
                .toList());
        return event;
    }

    private void happened(JsonNode event) {
        ecsEvents.add(event);
        timeline.schedule(news.delay(), () -> taskState.invoke(event));
    }

    private void sweep() {
        taskState.invoke(JsonNodeFactory.instance
                .objectNode()
                .put("source", "aws.events")
                .put("detail-type", "Scheduled Event"));
        timeline.schedule(MINUTE, this::sweep);
    }

    private FunctionHost startDriver() {
        return FunctionHost.start(function("DriverFunction"), runtime("DriverFunction", new Watched()));
    }

    private FunctionRuntime runtime(String logicalId, World world) {
        return new FunctionRuntime(
                function(logicalId).environment(),
                world,
                world,
                timeline.clock(),
                Runnable::run,
                new PublishedMetrics());
    }

    private static FunctionResource function(String logicalId) {
        return FUNCTIONS.stream()
                .filter(function -> function.logicalId().equals(logicalId))
                .findFirst()
                .orElseThrow()
                .withoutSnapStart();
    }

    private static RegisterTaskDefinitionRequest definition() {
        return RegisterTaskDefinitionRequest.builder()
                .family(DEFINITION)
                .requiresCompatibilities(Compatibility.EC2, Compatibility.FARGATE)
                .networkMode(NetworkMode.AWSVPC)
                .cpu("256")
                .memory("512")
                .containerDefinitions(
                        ContainerDefinition.builder().name("main").image("none").build())
                .build();
    }

    private LambdaClient lambda() {
        SimulatedFunctionRunner runner = new SimulatedFunctionRunner(timeline, news.runTime());
        return new SimulatedLambdaClient(
                LambdaSettings.defaults(),
                Map.of(FUNCTION, new LambdaFunction(FUNCTION, List.of("none"), Map.of(), 900, 128)),
                new FunctionRunner() {
                    @Override
                    public Runnable run(
                            LambdaFunction function, String requestId, JsonNode event, Consumer<Result> onEnd) {
                        invocations.add(event);
                        return runner.run(function, requestId, event, onEnd);
                    }

                    @Override
                    public void close() {
                        runner.close();
                    }
                },
                timeline,
                this::happened,
                1);
    }

    /** What a function has of AWS. */
    private interface World extends AwsClients, TaskTables {}

    /** As it is. */
    private final class Direct implements World {
        @Override
        public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
                Class<C> type, Supplier<B> builder) {
            return serviceOf(type);
        }

        @Override
        public TaskStore store(String table) {
            return records;
        }

        @Override
        public TaskIndex index(String table) {
            return records;
        }
    }

    /** With every call counted. */
    private final class Watched implements World {
        @Override
        public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
                Class<C> type, Supplier<B> builder) {
            return calls.watched(type, serviceOf(type));
        }

        @Override
        public TaskStore store(String table) {
            return calls.watched(TaskStore.class, records);
        }

        @Override
        public TaskIndex index(String table) {
            return calls.watched(TaskIndex.class, records);
        }
    }

    private <C> C serviceOf(Class<C> type) {
        Map<Class<?>, Object> services =
                Map.of(EcsClient.class, ecs.client(), LambdaClient.class, lambda, SqsClient.class, new Sqs());
        return type.cast(Objects.requireNonNull(services.get(type)));
    }

    /** SQS as far as the functions use it. */
    private final class Sqs implements SqsClient {
        @Override
        public SendMessageResponse sendMessage(SendMessageRequest request) {
            if (request.queueUrl().endsWith(RELEASED)) {
                Duration delay = Duration.ofSeconds(request.delaySeconds());
                send(RELEASED, List.of(request.messageBody()), delay);
            } else {
                deadLetters.add(request.messageBody());
            }
            return SendMessageResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
