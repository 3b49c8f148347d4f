package dev.spillway.local.simulation;

import dev.spillway.common.aws.AwsClients;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.autoscaling.SimulatedAutoScaling;
import dev.spillway.local.capacity.ClusterView;
import dev.spillway.local.capacity.DeployedCapacity;
import dev.spillway.local.capacity.Pace;
import dev.spillway.local.cloudwatch.SimulatedCloudWatch;
import dev.spillway.local.ecs.EcsSettings;
import dev.spillway.local.ecs.EventDisturbance;
import dev.spillway.local.ecs.EventDisturbance.Faults;
import dev.spillway.local.ecs.EventSink;
import dev.spillway.local.ecs.SimulatedEcs;
import dev.spillway.local.eventbridge.Envelope;
import dev.spillway.local.eventbridge.UndeliveredEvent;
import dev.spillway.local.lambda.LambdaSettings;
import dev.spillway.local.lambda.SimulatedFunctionRunner;
import dev.spillway.local.lambda.SimulatedLambdaClient;
import dev.spillway.local.metrics.PublishedMetrics;
import dev.spillway.local.runtime.SimulatedRuntime;
import dev.spillway.local.sns.SimulatedSns;
import dev.spillway.local.sqs.QueueMetrics;
import dev.spillway.local.system.LocalClients;
import dev.spillway.local.template.Deployment;
import dev.spillway.local.template.LocalResourceValues;
import dev.spillway.local.template.Template;
import dev.spillway.local.time.SimulatedTimeline;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Spillway as template.yaml deploys it, in simulated time: a day passes in seconds, and the same seed and the same calls
 * give the same history. Everything runs on the thread that lets the time pass; nothing here is safe for use by several.
 */
public final class SimulatedSystem {

    /** The first instant of every simulation. */
    public static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    /** Value of the attribute {@code spillway.capacity} of Spot Instances. */
    public static final String SPOT = "spot";

    /** Value of the attribute {@code spillway.capacity} of on-demand instances. */
    public static final String ON_DEMAND = "on-demand";

    private static final String STACK = "spillway";
    private static final String REGION = "us-east-1";
    private static final String ACCOUNT = "000000000000";
    private static final URI SQS = URI.create("http://sqs.invalid");
    private static final Duration STEP = Duration.ofSeconds(1);

    private final long seed;
    private final SimulatedTimeline timeline;
    private final RunWatch watch;
    private final RecordLog records = new RecordLog();
    private final SimulatedBus bus;
    private final SimulatedSqs sqs;
    private final SimulatedEcs ecs;
    private final WatchedEcs ecsClient;
    private final DeployedCapacity capacity;
    private final ClusterView clusterView;
    private final String cluster;
    private final String taskQueueUrl;
    private int instancesAdded;

    SimulatedSystem(SimulatedSystemBuilder world) {
        seed = world.seed;
        timeline = new SimulatedTimeline(START, seed);
        watch = new RunWatch(timeline);
        Template template = Template.read(
                world.template,
                new Deployment(STACK, REGION, ACCOUNT, world.parameters),
                new LocalResourceValues(REGION, ACCOUNT, SQS));
        cluster = output(template, "ClusterName");
        taskQueueUrl = output(template, "TaskQueueUrl");
        bus = new SimulatedBus(timeline, new Envelope(REGION, ACCOUNT));
        sqs = new SimulatedSqs(template.queues(), SQS + "/" + ACCOUNT + "/", timeline, seed);
        ecs = new SimulatedEcs(
                EcsSettings.defaults().withSeed(seed).withStartupTimes(world.startupTimes),
                timeline,
                new SimulatedRuntime(timeline, world.defaultDuration),
                watch.watching(disturbed(world.faults)));
        ecsClient = new WatchedEcs(ecs.client());
        template.clusters()
                .forEach(each ->
                        ecs.createCluster(each.name(), each.capacityProviders().toArray(String[]::new)));
        world.taskDefinitions.forEach(ecs::registerTaskDefinition);
        world.instances.forEach(
                kind -> IntStream.range(0, kind.count()).forEach(i -> addInstance(kind.type(), kind.capacity())));
        fargateAvailable(world.fargateAvailable);
        Faults functionFaults = new Faults(0, world.faults.doubled(), world.faults.maxDelay());
        LambdaClient lambda = new SimulatedLambdaClient(
                LambdaSettings.defaults(),
                world.functions,
                watch.watching(new SimulatedFunctionRunner(timeline, world.defaultDuration)),
                timeline,
                disturbed(functionFaults),
                seed);
        capacity = new DeployedCapacity(template, cluster, ecs, timeline, disturbed(world.faults), Pace.AWS, seed);
        clusterView = capacity.view(world.functions);
        SimulatedCloudWatch cloudWatch = capacity.cloudWatch();
        AwsClients clients = new LocalClients(Map.of(
                SqsClient.class, sqs,
                EcsClient.class, ecsClient,
                LambdaClient.class, lambda,
                CloudWatchClient.class, cloudWatch.client(),
                AutoScalingClient.class, capacity.autoScaling().client()));
        QueueMetrics.start(timeline, capacity.metrics(), sqs::depths);
        new SimulatedFunctions(sqs, bus, REGION, world.invocationTime, timeline, capacity.metrics())
                .start(
                        template.functions(),
                        function -> new FunctionRuntime(
                                function.environment(),
                                clients,
                                records,
                                timeline.clock(),
                                Runnable::run,
                                PublishedMetrics.of(cloudWatch, function.environment(), timeline.clock())));
    }

    /** A system of the given template.yaml. */
    public static SimulatedSystemBuilder of(Path template) {
        return new SimulatedSystemBuilder(template);
    }

    private EventSink disturbed(Faults faults) {
        return new EventDisturbance(bus, timeline, faults, seed);
    }

    private static String output(Template template, String name) {
        String value = template.outputs().get(name);
        if (value == null) {
            throw new NoSuchElementException("template.yaml has no output " + name);
        }
        return value;
    }

    // What a user does.

    /**
     * Sends a message to the task queue.
     *
     * @return its id, which is the task's where the body has none
     */
    public String send(String body) {
        return sqs.sendMessage(r -> r.queueUrl(taskQueueUrl).messageBody(body)).messageId();
    }

    /** Lets time pass. */
    public void runFor(Duration time) {
        timeline.runFor(time);
    }

    /**
     * Lets time pass until every message has been dealt with and every task has ended.
     *
     * @throws IllegalStateException if that takes longer than the limit, with the seed and what is left
     */
    public void runUntilAllEnded(Duration limit) {
        Instant end = now().plus(limit);
        while (records.live() > 0 || !sqs.queue("TaskQueue").isEmpty()) {
            if (!now().isBefore(end)) {
                throw new IllegalStateException("after " + limit + ", " + records.live() + " tasks have not ended ("
                        + this + "): " + unfinished());
            }
            timeline.runFor(STEP);
        }
    }

    private String unfinished() {
        return records.latest().stream()
                .filter(record -> !record.status().isEnd())
                .limit(5)
                .map(record -> record.taskId() + " is " + record.status() + ", " + record.reason())
                .toList()
                .toString();
    }

    // What is there to see.

    public Instant now() {
        return timeline.now();
    }

    /** Every record, in the order in which the tasks were first written. */
    public List<TaskRecord> records() {
        return records.latest();
    }

    /** The record of one task. */
    public TaskRecord record(String taskId) {
        return records.latest(new TaskId(taskId))
                .orElseThrow(() -> new NoSuchElementException("no record of " + taskId + " (" + this + ")"));
    }

    /** What lies in the dead-letter queue. */
    public List<Message> deadLetters() {
        return sqs.queue("DeadLetterQueue").peek();
    }

    /** Events and ticks of schedules that no attempt could deliver. */
    public List<UndeliveredEvent> undelivered() {
        return bus.undelivered();
    }

    public LaunchStatistics launches() {
        return ecsClient.statistics();
    }

    /** Every run that has started, in the order of the starts; seen at its source and not by its events. */
    public List<Run> runs() {
        return watch.runs();
    }

    /** Every time that a task was on capacity twice. */
    public List<Overlap> overlaps() {
        return watch.overlaps();
    }

    /** What is on capacity now: ARNs of ECS tasks and request ids of invocations, by task id. */
    public Map<String, Set<String>> alive() {
        return watch.alive();
    }

    /** How many ECS tasks were ever placed. */
    public int placedEcsTasks() {
        return watch.placed();
    }

    /** The metrics of the functions and of the simulated services. */
    public SimulatedCloudWatch cloudWatch() {
        return capacity.cloudWatch();
    }

    /** The topics of the template: who subscribes is told of alarms. */
    public SimulatedSns sns() {
        return capacity.sns();
    }

    /** The groups that the template deploys. */
    public SimulatedAutoScaling autoScaling() {
        return capacity.autoScaling();
    }

    /** The cluster, as somebody sees it who watches. */
    public ClusterView cluster() {
        return clusterView;
    }

    /** The simulated ECS, as the functions see it; with {@link #clusterName()} somebody else can use the cluster too. */
    public EcsClient ecs() {
        return ecsClient;
    }

    /** The name of the cluster. */
    public String clusterName() {
        return cluster;
    }

    /** The container instances of the cluster. */
    public List<ContainerInstance> instances() {
        return ecs.instances(cluster);
    }

    // What the world does.

    /** An instance boots and joins the cluster; the zones take turns. */
    public String addInstance(String type, String capacity) {
        String zone = instancesAdded++ % 2 == 0 ? "us-east-1a" : "us-east-1b";
        return ecs.addInstance(cluster, type, capacity, zone, Map.of());
    }

    /**
     * EC2 takes Spot Instances back, chosen by the seed: each gets its notice now and is gone two minutes later.
     *
     * @return the ARNs of the chosen container instances; fewer than asked for if there are not as many
     */
    public List<String> interruptSpot(int count) {
        List<String> spot = new ArrayList<>(instances().stream()
                .filter(instance -> instance.attributes().stream()
                        .anyMatch(a -> "spillway.capacity".equals(a.name()) && SPOT.equals(a.value())))
                .map(ContainerInstance::containerInstanceArn)
                .toList());
        Collections.shuffle(spot, timeline.random());
        List<String> chosen = spot.subList(0, Math.min(count, spot.size()));
        chosen.forEach(ecs::interrupt);
        return List.copyOf(chosen);
    }

    /** An instance is gone without a word. */
    public void loseInstance(String containerInstanceArn) {
        ecs.terminate(containerInstanceArn);
    }

    /** Whether Fargate and Fargate Spot have machines. */
    public void fargateAvailable(boolean available) {
        ecs.fargateAvailable("FARGATE", available);
        ecs.fargateAvailable("FARGATE_SPOT", available);
    }

    /** From now on, releases of waiting tasks are lost on their way to the driver, or no longer are. */
    public void loseReleases(boolean lost) {
        sqs.lose(queue -> lost && queue.logicalId().equals("ReleaseQueue"));
    }

    /** Makes the next call of RunTask that has no fault yet go wrong. */
    public void failNextLaunch(LaunchFault fault) {
        ecsClient.failNextLaunch(fault);
    }

    /** Names the seed, for the message of a failing test. */
    @Override
    public String toString() {
        return "simulated system, seed " + seed + ", at " + now();
    }
}
