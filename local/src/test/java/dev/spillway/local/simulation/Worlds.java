package dev.spillway.local.simulation;

import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.lambda.LambdaFunction;
import dev.spillway.local.runtime.SimulatedRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** The task definitions and functions that the scenarios run, and what they look at. */
final class Worlds {

    /** Half a vCPU and 1 GiB: an m5.large holds four. */
    static final String ON_EC2 = "spillway-on-ec2";

    /** The same size, compatible with Fargate too. */
    static final String ANYWHERE = "spillway-anywhere";

    /** A sixteenth of an m5.large in CPU, less in memory; but each wants a network interface, and an m5.large has two. */
    static final String OWN_NETWORK = "spillway-own-network";

    /** As small, and wants one port of its instance: each instance holds one. */
    static final String HOST_PORT = "spillway-host-port";

    static final String GOOD_FUNCTION = "spillway-good";
    static final String BAD_FUNCTION = "spillway-bad";

    static final int PER_INSTANCE = 4;
    static final String INSTANCE = "m5.large";

    private static final Path TEMPLATE =
            Path.of("..", "template.yaml").toAbsolutePath().normalize();

    private Worlds() {}

    static SimulatedSystemBuilder world() {
        return world(TEMPLATE);
    }

    static SimulatedSystemBuilder world(Path template) {
        return SimulatedSystem.of(template)
                .taskDefinition(definition(ON_EC2).build())
                .taskDefinition(definition(ANYWHERE)
                        .networkMode(NetworkMode.AWSVPC)
                        .requiresCompatibilities(Compatibility.EC2, Compatibility.FARGATE)
                        .cpu("512")
                        .memory("1024")
                        .build())
                .taskDefinition(small(OWN_NETWORK)
                        .networkMode(NetworkMode.AWSVPC)
                        .requiresCompatibilities(Compatibility.EC2)
                        .build())
                .taskDefinition(RegisterTaskDefinitionRequest.builder()
                        .family(HOST_PORT)
                        .containerDefinitions(c -> c.name("main")
                                .image("none")
                                .cpu(128)
                                .memory(128)
                                .portMappings(port -> port.containerPort(8_080).hostPort(8_080)))
                        .build())
                .function(function(GOOD_FUNCTION, 0))
                .function(function(BAD_FUNCTION, 1));
    }

    private static RegisterTaskDefinitionRequest.Builder definition(String family) {
        return RegisterTaskDefinitionRequest.builder()
                .family(family)
                .containerDefinitions(c -> c.name("main").image("none").cpu(512).memory(1_024));
    }

    private static RegisterTaskDefinitionRequest.Builder small(String family) {
        return RegisterTaskDefinitionRequest.builder()
                .family(family)
                .containerDefinitions(c -> c.name("main").image("none").cpu(128).memory(128));
    }

    private static LambdaFunction function(String name, int exitCode) {
        Map<String, String> environment =
                Map.of(SimulatedRuntime.SECONDS, "20", SimulatedRuntime.EXIT_CODE, Integer.toString(exitCode));
        return new LambdaFunction(name, List.of("none"), environment, 60, 128);
    }

    /** How each task ended, in words that are the same whatever happened on the way. */
    static Map<String, String> ends(SimulatedSystem system) {
        return system.records().stream()
                .collect(Collectors.toMap(
                        record -> record.taskId().value(),
                        record -> record.status() + " " + record.exitCode() + " attempt " + record.attempt()));
    }

    /** How often each task has run. */
    static Map<String, Long> runs(SimulatedSystem system) {
        return system.runs().stream().collect(Collectors.groupingBy(Run::taskId, Collectors.counting()));
    }

    static <T> List<T> of(SimulatedSystem system, Function<TaskRecord, T> what) {
        return system.records().stream().map(what).toList();
    }

    /** Runs a scenario with several seeds; a failure names its own. */
    static void withSeeds(int count, LongConsumer scenario) {
        LongStream.rangeClosed(1, count).forEach(seed -> {
            try {
                scenario.accept(seed);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        });
    }
}
