package dev.spillway.local.ecs;

import static dev.spillway.local.ecs.SimulatedCluster.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.PlacementConstraintType;
import software.amazon.awssdk.services.ecs.model.PlacementStrategyType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;

class RunTaskTest {

    private final SimulatedCluster cluster =
            new SimulatedCluster().define("small", 256, 512).defineForFargate("serverless", "256", "512");

    static Stream<Arguments> invalid() {
        return Stream.of(
                bad("unknown cluster", r -> r.cluster("none"), ClusterNotFoundException.class, "Cluster not found."),
                bad(
                        "unknown definition",
                        r -> r.taskDefinition("none"),
                        ClientException.class,
                        "TaskDefinition not found."),
                bad(
                        "unknown revision",
                        r -> r.taskDefinition("small:2"),
                        ClientException.class,
                        "TaskDefinition not found."),
                bad("count", r -> r.count(11), InvalidParameterException.class, "count must be between 1 and 10"),
                bad("started by", r -> r.startedBy("x".repeat(129)), InvalidParameterException.class, "startedBy"),
                bad(
                        "tags",
                        r -> r.tags(IntStream.range(0, 51)
                                .mapToObj(i ->
                                        Tag.builder().key("k" + i).value("v").build())
                                .toList()),
                        InvalidParameterException.class,
                        "50"),
                bad(
                        "overrides",
                        r -> r.overrides(
                                o -> o.containerOverrides(c -> c.name("main").command("x".repeat(8192)))),
                        InvalidParameterException.class,
                        "8192"),
                bad(
                        "unknown container",
                        r -> r.overrides(o -> o.containerOverrides(c -> c.name("nobody"))),
                        InvalidParameterException.class,
                        "Override for container named nobody is not a container in the TaskDefinition."),
                bad(
                        "launch type and strategy",
                        r -> r.launchType(LaunchType.FARGATE)
                                .capacityProviderStrategy(item -> item.capacityProvider("FARGATE_SPOT")),
                        InvalidParameterException.class,
                        "Specifying both a launch type and capacity provider strategy"),
                bad(
                        "no network for awsvpc",
                        r -> r.taskDefinition("serverless").launchType(LaunchType.FARGATE),
                        InvalidParameterException.class,
                        "Network Configuration must be provided when networkMode 'awsvpc' is specified."),
                bad(
                        "network for bridge",
                        r -> r.networkConfiguration(SimulatedCluster.network()),
                        InvalidParameterException.class,
                        "Network Configuration is not valid for the given networkMode of this task definition."),
                bad(
                        "not for Fargate",
                        SimulatedCluster::onFargate,
                        InvalidParameterException.class,
                        "Task definition does not support launch_type FARGATE."),
                bad(
                        "no such Fargate size",
                        r -> SimulatedCluster.onFargate(r.taskDefinition("serverless"))
                                .overrides(o -> o.cpu("256").memory("4096")),
                        ClientException.class,
                        "No Fargate configuration exists for given values."),
                bad(
                        "constraint on Fargate",
                        r -> SimulatedCluster.onFargate(r.taskDefinition("serverless"))
                                .placementConstraints(c -> c.type(PlacementConstraintType.DISTINCT_INSTANCE)),
                        InvalidParameterException.class,
                        "Placement constraints are not supported with FARGATE launch type."),
                bad(
                        "strategy on Fargate",
                        r -> SimulatedCluster.onFargate(r.taskDefinition("serverless"))
                                .placementStrategy(s -> s.type(PlacementStrategyType.RANDOM)),
                        InvalidParameterException.class,
                        "Placement strategies are not supported with FARGATE launch type."),
                bad(
                        "expression",
                        r -> r.placementConstraints(c -> c.type("memberOf").expression("attribute:x ==")),
                        InvalidParameterException.class,
                        "Invalid expression"),
                bad(
                        "binpack by what",
                        r -> r.placementStrategy(s -> s.type("binpack").field("disk")),
                        InvalidParameterException.class,
                        "binpack"),
                bad("token", r -> r.clientToken("a b"), InvalidParameterException.class, "clientToken"),
                bad("long token", r -> r.clientToken("a".repeat(65)), InvalidParameterException.class, "clientToken"),
                bad(
                        "a parameter that is not simulated",
                        r -> r.enableExecuteCommand(true),
                        UnsupportedOperationException.class,
                        "RunTask.enableExecuteCommand"),
                bad(
                        "a role in the overrides",
                        r -> r.overrides(o -> o.taskRoleArn("arn:aws:iam::000000000000:role/admin")),
                        UnsupportedOperationException.class,
                        "overrides.taskRoleArn"));
    }

    private static Arguments bad(
            String name, UnaryOperator<RunTaskRequest.Builder> change, Class<?> type, String message) {
        return Arguments.of(name, change, type, message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void whatEcsDoesNotAcceptIsRefusedInItsWords(
            String name, UnaryOperator<RunTaskRequest.Builder> change, Class<?> type, String message) {
        cluster.instance("m5.large");

        assertThatThrownBy(() -> cluster.run("small", change))
                .isInstanceOf(type)
                .hasMessageContaining(message);
        cluster.timeline.runUntilIdle();

        assertThat(cluster.ecs.instances(CLUSTER).getFirst().runningTasksCount())
                .isZero();
    }

    @Test
    void aClusterWithoutActiveInstancesIsAnError() {
        assertThatThrownBy(() -> cluster.run("small"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("No Container Instances were found in your cluster.");
    }

    @Test
    void aDrainingInstanceGetsNoTasksAndKeepsThoseItHas() {
        String instance = cluster.instance("m5.large");
        String arn = cluster.run("small").tasks().getFirst().taskArn();

        cluster.client.updateContainerInstancesState(
                r -> r.cluster(CLUSTER).containerInstances(instance).status("DRAINING"));

        assertThatThrownBy(() -> cluster.run("small")).isInstanceOf(InvalidParameterException.class);
        cluster.timeline.runFor(java.time.Duration.ofSeconds(30));
        assertThat(cluster.task(arn).lastStatus()).isEqualTo("RUNNING");
    }

    @Test
    void aFullInstanceIsNamedWithItsReasonAndWhatFittedStarts() {
        String instance = cluster.instance("m5.large");

        RunTaskResponse first = cluster.run("small", r -> r.count(10));

        // 2,048 CPU units hold eight tasks of 256.
        assertThat(first.tasks()).hasSize(8);
        assertThat(first.failures())
                .containsExactly(
                        Failure.builder().arn(instance).reason("RESOURCE:CPU").build());
    }

    @Test
    void overridesChangeWhatATaskTakes() {
        cluster.instance("m5.large");

        RunTaskResponse large = cluster.run(
                "small",
                r -> r.overrides(o -> o.containerOverrides(c -> c.name("main").memory(7681))));

        assertThat(large.failures()).extracting(Failure::reason).containsExactly("RESOURCE:MEMORY");
    }

    @Test
    void fargateRefusesWithoutCapacityAndOverItsQuota() {
        SimulatedCluster small = new SimulatedCluster(settings -> settings.withFargateQuota(new FargateQuota(1, 1)))
                .defineForFargate("serverless", "512", "1024");

        assertThat(small.run("serverless", r -> SimulatedCluster.onFargate(r).count(3))
                        .tasks())
                .hasSize(2);
        assertThat(small.runOnFargate("serverless").failures())
                .extracting(Failure::reason)
                .allMatch(
                        reason -> reason.contains("reached the limit on the number of vCPUs you can run concurrently"));
        small.timeline.runUntilIdle();
        assertThat(small.runOnFargate("serverless").tasks()).hasSize(1);

        small.ecs.fargateAvailable("FARGATE", false);
        assertThat(small.runOnFargate("serverless").failures())
                .extracting(Failure::reason)
                .allMatch(reason -> reason.startsWith("Capacity is unavailable at this time"));
        Task spot = small.run(
                        "serverless",
                        r -> r.networkConfiguration(SimulatedCluster.network())
                                .capacityProviderStrategy(item -> item.capacityProvider("FARGATE_SPOT")))
                .tasks()
                .getFirst();
        assertThat(spot.capacityProviderName()).isEqualTo("FARGATE_SPOT");
        assertThat(spot.launchType()).isEqualTo(LaunchType.FARGATE);
    }

    @Test
    void aClusterHasOnlyTheCapacityProvidersThatItIsAssociatedWith() {
        cluster.ecs.createCluster("plain");

        assertThatThrownBy(() -> cluster.run(
                        "serverless",
                        r -> r.cluster("plain")
                                .networkConfiguration(SimulatedCluster.network())
                                .capacityProviderStrategy(item -> item.capacityProvider("FARGATE_SPOT"))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("not associated with the cluster");
    }

    @Test
    void listTasksFindsByStartedByAloneAndByNothingBesideIt() {
        cluster.instance("m5.large");
        String mine = cluster.run("small", r -> r.startedBy("job-1"))
                .tasks()
                .getFirst()
                .taskArn();
        cluster.run("small", r -> r.startedBy("job-2"));

        assertThat(cluster.client
                        .listTasks(r -> r.cluster(CLUSTER).startedBy("job-1"))
                        .taskArns())
                .containsExactly(mine);
        assertThatThrownBy(() -> cluster.client.listTasks(
                        r -> r.cluster(CLUSTER).startedBy("job-1").family("small")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void listingsComeInPages() {
        IntStream.range(0, 15).forEach(i -> cluster.instance("m5.4xlarge"));
        IntStream.range(0, 15).forEach(i -> cluster.run("small", r -> r.count(10)));

        List<Integer> sizes = cluster.client.listTasksPaginator(r -> r.cluster(CLUSTER)).stream()
                .map(page -> page.taskArns().size())
                .toList();

        assertThat(sizes).isEqualTo(Arrays.asList(100, 50));
        assertThat(cluster.client
                        .listContainerInstancesPaginator(
                                r -> r.cluster(CLUSTER).maxResults(7).filter("attribute:spillway.capacity == spot"))
                        .containerInstanceArns())
                .hasSize(15)
                .doesNotHaveDuplicates();
    }
}
