package dev.spillway.local.system;

import dev.spillway.local.ecs.EcsSettings;
import dev.spillway.local.ecs.EventSink;
import dev.spillway.local.ecs.InstanceType;
import dev.spillway.local.ecs.InstanceTypes;
import dev.spillway.local.ecs.SimulatedEcs;
import dev.spillway.local.ecs.StartupTimes;
import dev.spillway.local.ecs.TaskDefinitionFile;
import dev.spillway.local.lambda.FunctionRunner;
import dev.spillway.local.lambda.LambdaFunction;
import dev.spillway.local.lambda.LambdaFunctionFiles;
import dev.spillway.local.lambda.LambdaSettings;
import dev.spillway.local.lambda.ProcessFunctionRunner;
import dev.spillway.local.lambda.SimulatedFunctionRunner;
import dev.spillway.local.lambda.SimulatedLambdaClient;
import dev.spillway.local.runtime.ContainerRuntime;
import dev.spillway.local.runtime.DockerRuntime;
import dev.spillway.local.runtime.ProcessRuntime;
import dev.spillway.local.runtime.SimulatedRuntime;
import dev.spillway.local.template.ClusterResource;
import dev.spillway.local.time.RealTimeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** What runs the work on one machine: a simulated ECS and Lambda, whose tasks and functions really run. */
final class LocalCompute implements AutoCloseable {

    /** A task without a duration of its own runs this long when nothing really runs. */
    private static final Duration SIMULATED_DURATION = Duration.ofSeconds(1);

    /** The shortest that AWS was seen to take is a second on an instance; this is enough to see the order of things. */
    private static final StartupTimes STARTUP = new StartupTimes(Duration.ofMillis(200), Duration.ofMillis(500));

    private final RealTimeline timeline;
    private final ContainerRuntime runtime;
    private final FunctionRunner functionRunner;
    private final SimulatedEcs ecs;
    private final LambdaClient lambda;
    private final Map<String, LambdaFunction> functions;

    private LocalCompute(
            RealTimeline timeline,
            ContainerRuntime runtime,
            FunctionRunner functionRunner,
            SimulatedEcs ecs,
            LambdaClient lambda,
            Map<String, LambdaFunction> functions) {
        this.timeline = timeline;
        this.runtime = runtime;
        this.functionRunner = functionRunner;
        this.ecs = ecs;
        this.lambda = lambda;
        this.functions = functions;
    }

    static LocalCompute start(SystemOptions options, List<ClusterResource> clusters, EventSink events) {
        RealTimeline timeline = new RealTimeline();
        ContainerRuntime runtime = runtime(options, timeline);
        FunctionRunner functionRunner = functionRunner(options, timeline);
        EcsSettings settings = EcsSettings.defaults().withStartupTimes(STARTUP);
        SimulatedEcs ecs = new SimulatedEcs(settings, timeline, runtime, events);
        clusters.forEach(cluster ->
                ecs.createCluster(cluster.name(), cluster.capacityProviders().toArray(String[]::new)));
        Path examples = options.projectDirectory().resolve("examples");
        jsonFiles(examples.resolve("task-definitions")).forEach(file -> register(ecs, file));
        Map<String, LambdaFunction> functions = functions(examples.resolve("functions"));
        LambdaClient lambda =
                new SimulatedLambdaClient(LambdaSettings.defaults(), functions, functionRunner, timeline, events, 1);
        return new LocalCompute(timeline, runtime, functionRunner, ecs, lambda, functions);
    }

    EcsClient ecsClient() {
        return ecs.client();
    }

    LambdaClient lambdaClient() {
        return lambda;
    }

    /** The functions that a task may name. */
    Map<String, LambdaFunction> functions() {
        return functions;
    }

    /** The cluster and its tasks. */
    SimulatedEcs ecs() {
        return ecs;
    }

    /** What the cluster lives on. */
    RealTimeline timeline() {
        return timeline;
    }

    @Override
    public void close() {
        runtime.close();
        functionRunner.close();
        timeline.close();
    }

    private static ContainerRuntime runtime(SystemOptions options, RealTimeline timeline) {
        return switch (options.runtime()) {
            case PROCESS ->
                new ProcessRuntime(options.runDirectory(), options.projectDirectory(), path(), timeline).prepared();
            case DOCKER -> docker(options);
            case SIMULATED -> new SimulatedRuntime(timeline, SIMULATED_DURATION);
        };
    }

    private static ContainerRuntime docker(SystemOptions options) {
        try {
            return DockerRuntime.connect("docker", options.runDirectory());
        } catch (IllegalStateException noEngine) {
            throw new SystemStartException(String.valueOf(noEngine.getMessage()), noEngine);
        }
    }

    private static FunctionRunner functionRunner(SystemOptions options, RealTimeline timeline) {
        return options.runtime() == RuntimeKind.SIMULATED
                ? new SimulatedFunctionRunner(timeline, SIMULATED_DURATION)
                : new ProcessFunctionRunner(options.runDirectory(), options.projectDirectory(), path());
    }

    /** The search path is all that a task gets of this process's environment, which may hold credentials. */
    private static String path() {
        return Optional.ofNullable(System.getenv("PATH")).orElse("/usr/local/bin:/usr/bin:/bin");
    }

    /**
     * The type of the cluster's instances.
     *
     * @throws SystemStartException if there is no such type
     */
    static InstanceType instanceType(SystemOptions options) {
        try {
            return InstanceTypes.named(options.instanceType());
        } catch (IllegalArgumentException unknown) {
            throw new SystemStartException(String.valueOf(unknown.getMessage()), unknown);
        }
    }

    private static void register(SimulatedEcs ecs, Path file) {
        try {
            ecs.registerTaskDefinition(TaskDefinitionFile.read(file));
        } catch (IllegalArgumentException wrong) {
            throw new SystemStartException(String.valueOf(wrong.getMessage()), wrong);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, LambdaFunction> functions(Path directory) {
        try {
            return Files.isDirectory(directory) ? LambdaFunctionFiles.load(directory) : Map.of();
        } catch (IllegalArgumentException wrong) {
            throw new SystemStartException(String.valueOf(wrong.getMessage()), wrong);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> jsonFiles(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
