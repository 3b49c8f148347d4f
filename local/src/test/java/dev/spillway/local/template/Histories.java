package dev.spillway.local.template;

import dev.spillway.local.lambda.LambdaFunction;
import dev.spillway.local.simulation.SimulatedSystem;
import dev.spillway.local.simulation.SimulatedSystemBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** Simulated histories in which every function does all that it usually has to do. */
final class Histories {

    private static final String TASK = "spillway-task";
    private static final String FUNCTION = "spillway-function";

    private Histories() {}

    /** Tasks on each capacity type, tasks that wait, that end in each way, and messages that are no tasks. */
    static SimulatedSystem tasksOfEveryKind() {
        SimulatedSystem system = world().parameter("LargestInstanceCpu", "2048")
                .parameter("LargestInstanceMemory", "8192")
                .spot(1, "m5.large")
                .onDemand(1, "m5.large")
                .start();
        for (String type : List.of("EC2_SPOT", "EC2_ON_DEMAND", "EC2", "FARGATE_SPOT", "FARGATE")) {
            system.send(task("on-" + type, "[\"%s\"]".formatted(type), 600, 0, ""));
        }
        system.send("{\"taskId\": \"on-LAMBDA\", \"function\": \"%s\"}".formatted(FUNCTION));
        system.send(task("too-large", "[\"EC2\"]", 60, 0, ", \"cpu\": 4096"));
        system.send(task("fails", "[\"FARGATE\"]", 60, 1, ""));
        system.send(task("again", "[\"FARGATE\"]", 60, 1, ", \"retry\": {\"attempts\": 2}"));
        system.send(task("too-long", "[\"FARGATE\"]", 3_600, 0, ", \"timeout\": \"PT2M\""));
        system.send("{\"taskId\": \"wrong\"}");
        system.runFor(Duration.ofMinutes(1));
        for (int i = 0; i < 8; i++) {
            system.send(task("spills-" + i, "[\"EC2\", \"FARGATE\"]", 600, 0, ""));
            system.send(task("waits-" + i, "[\"EC2\"]", 600, 0, ""));
        }
        system.runFor(Duration.ofMinutes(3));
        system.send("{\"cancel\": \"waits-7\"}");
        system.runUntilAllEnded(Duration.ofHours(4));
        return system;
    }

    /** Instances of the group that go again, one of them with a task that outlasts the lifecycle hook. */
    static SimulatedSystem instancesThatGo() {
        SimulatedSystem system = world().groups(4, 0)
                .parameter("Headroom", "0")
                .parameter("HeartbeatTimeoutSeconds", "900")
                .start();
        // Each instance holds two of them, and is left with the long one.
        for (int i = 0; i < 2; i++) {
            system.send(
                    task("long-" + i, "[\"EC2\"]", (int) Duration.ofHours(40).toSeconds(), 0, ", " + HALF));
            system.send(task("short-" + i, "[\"EC2\"]", 3_600, 0, ", " + HALF));
            system.runFor(Duration.ofMinutes(20));
        }
        system.runUntilAllEnded(Duration.ofHours(100));
        system.runFor(Duration.ofHours(1));
        return system;
    }

    private static final String HALF = "\"cpu\": 1024, \"memory\": 2048";

    /** Spot Instances that are not to be had for an hour, and on-demand instances that stand in. */
    static SimulatedSystem missingSpotCapacity() {
        SimulatedSystem system =
                world().groups(4, 4).parameter("SpotMinSize", "2").start();
        system.runFor(Duration.ofMinutes(30));
        system.autoScaling().spotAvailable("spillway-spot", false);
        system.runFor(Duration.ofHours(1));
        system.autoScaling().spotAvailable("spillway-spot", true);
        system.runFor(Duration.ofHours(1));
        return system;
    }

    private static SimulatedSystemBuilder world() {
        return SimulatedSystem.of(Templates.FILE)
                .taskDefinition(RegisterTaskDefinitionRequest.builder()
                        .family(TASK)
                        .containerDefinitions(
                                c -> c.name("main").image("none").cpu(512).memory(1_024))
                        .networkMode(NetworkMode.AWSVPC)
                        .requiresCompatibilities(Compatibility.EC2, Compatibility.FARGATE)
                        .cpu("512")
                        .memory("1024")
                        .build())
                .function(new LambdaFunction(FUNCTION, List.of("none"), Map.of(), 60, 128));
    }

    private static String task(String id, String capacity, int seconds, int exitCode, String more) {
        return """
                {"taskId": "%s", "taskDefinition": "%s", "capacity": %s,
                 "environment": {"SIMULATED_SECONDS": "%d", "SIMULATED_EXIT_CODE": "%d"}%s}
                """.formatted(id, TASK, capacity, seconds, exitCode, more);
    }
}
