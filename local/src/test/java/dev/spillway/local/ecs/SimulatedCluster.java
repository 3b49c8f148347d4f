package dev.spillway.local.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.runtime.SimulatedRuntime;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/** A simulated cluster in simulated time, with every event that it sent. Containers take one minute. */
final class SimulatedCluster {

    static final String CLUSTER = "jobs";
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    final SimulatedTimeline timeline = new SimulatedTimeline(START, 1);
    final List<ObjectNode> events = new ArrayList<>();
    final SimulatedEcs ecs;
    final EcsClient client;

    SimulatedCluster() {
        this(UnaryOperator.identity());
    }

    SimulatedCluster(UnaryOperator<EcsSettings> settings) {
        ecs = new SimulatedEcs(
                settings.apply(EcsSettings.defaults()),
                timeline,
                new SimulatedRuntime(timeline, Duration.ofMinutes(1)),
                events::add);
        client = ecs.client();
        ecs.createCluster(CLUSTER, "FARGATE", "FARGATE_SPOT", "spot", "on-demand");
    }

    SimulatedCluster define(String family, int cpu, int memory) {
        ecs.registerTaskDefinition(definition(family, cpu, memory));
        return this;
    }

    SimulatedCluster defineForFargate(String family, String cpu, String memory) {
        ecs.registerTaskDefinition(definition(family, 0, 128).toBuilder()
                .networkMode(NetworkMode.AWSVPC)
                .cpu(cpu)
                .memory(memory)
                .build());
        return this;
    }

    static RegisterTaskDefinitionRequest definition(String family, int cpu, int memory) {
        return RegisterTaskDefinitionRequest.builder()
                .family(family)
                .containerDefinitions(container("main", cpu, memory))
                .build();
    }

    static ContainerDefinition container(String name, int cpu, int memory) {
        return ContainerDefinition.builder()
                .name(name)
                .image("busybox")
                .cpu(cpu)
                .memory(memory)
                .build();
    }

    String instance(String type) {
        return instance(type, "us-east-1a");
    }

    String instance(String type, String zone) {
        return ecs.addInstance(CLUSTER, type, "spot", zone, Map.of());
    }

    RunTaskResponse run(String definition, UnaryOperator<RunTaskRequest.Builder> more) {
        return client.runTask(
                more.apply(RunTaskRequest.builder().cluster(CLUSTER).taskDefinition(definition))
                        .build());
    }

    RunTaskResponse run(String definition) {
        return run(definition, builder -> builder.launchType(LaunchType.EC2));
    }

    RunTaskResponse runOnFargate(String definition) {
        return run(definition, SimulatedCluster::onFargate);
    }

    static RunTaskRequest.Builder onFargate(RunTaskRequest.Builder request) {
        return request.launchType(LaunchType.FARGATE).networkConfiguration(network());
    }

    static NetworkConfiguration network() {
        return NetworkConfiguration.builder()
                .awsvpcConfiguration(vpc -> vpc.subnets("subnet-1"))
                .build();
    }

    Task task(String arn) {
        return client.describeTasks(request -> request.cluster(CLUSTER).tasks(arn))
                .tasks()
                .getFirst();
    }

    /** The task events so far, as {@code lastStatus/desiredStatus@version}. */
    List<String> history(String taskArn) {
        return events.stream()
                .filter(event -> event.path("detail-type").asText().equals("ECS Task State Change"))
                .map(event -> event.path("detail"))
                .filter(detail -> detail.path("taskArn").asText().equals(taskArn))
                .map(detail -> detail.path("lastStatus").asText() + "/"
                        + detail.path("desiredStatus").asText() + "@"
                        + detail.path("version").asInt())
                .toList();
    }
}
