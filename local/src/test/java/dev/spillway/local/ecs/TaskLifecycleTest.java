package dev.spillway.local.ecs;

import static dev.spillway.local.ecs.SimulatedCluster.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

class TaskLifecycleTest {

    private final SimulatedCluster cluster =
            new SimulatedCluster().define("small", 256, 512).defineForFargate("serverless", "256", "512");

    private String startedOnEc2() {
        cluster.instance("m5.large");
        return cluster.run("small").tasks().getFirst().taskArn();
    }

    @Test
    void aTaskOnEc2GoesFromPendingOverRunningToStopped() {
        String arn = startedOnEc2();

        cluster.timeline.runUntilIdle();

        assertThat(cluster.history(arn)).containsExactly("PENDING/RUNNING@1", "RUNNING/RUNNING@2", "STOPPED/STOPPED@3");
        Task task = cluster.task(arn);
        assertThat(task.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
        assertThat(task.containers().getFirst().exitCode()).isZero();
        assertThat(task.stoppedAt()).isEqualTo(SimulatedCluster.START.plusSeconds(60));
    }

    @Test
    void aTaskOnFargateIsProvisionedFirstAndDeprovisionedLast() {
        SimulatedCluster slow = new SimulatedCluster(
                        settings -> settings.withStartupTimes(new StartupTimes(Duration.ZERO, Duration.ofSeconds(30))))
                .defineForFargate("serverless", "256", "512");
        String arn = slow.runOnFargate("serverless").tasks().getFirst().taskArn();

        slow.timeline.runFor(Duration.ofSeconds(29));
        assertThat(slow.task(arn).lastStatus()).isEqualTo("PROVISIONING");
        slow.timeline.runUntilIdle();

        assertThat(slow.history(arn))
                .containsExactly(
                        "PROVISIONING/RUNNING@1",
                        "PENDING/RUNNING@2",
                        "RUNNING/RUNNING@3",
                        "DEPROVISIONING/STOPPED@4",
                        "STOPPED/STOPPED@5");
    }

    @Test
    void anEventHasTheShapeOfEventBridge() {
        cluster.instance("m5.large");
        String arn = cluster.run(
                        "small",
                        request -> request.startedBy("job-1")
                                .overrides(o ->
                                        o.containerOverrides(c -> c.name("main").command("echo", "hi"))))
                .tasks()
                .getFirst()
                .taskArn();
        cluster.timeline.runUntilIdle();

        ObjectNode event = cluster.events.getLast().path("detail").has("taskArn")
                ? cluster.events.getLast()
                : cluster.events.get(cluster.events.size() - 2);
        JsonNode detail = event.path("detail");
        assertThat(event.path("version").asText()).isEqualTo("0");
        assertThat(event.path("source").asText()).isEqualTo("aws.ecs");
        assertThat(event.path("detail-type").asText()).isEqualTo("ECS Task State Change");
        assertThat(event.path("account").asText()).isEqualTo("000000000000");
        assertThat(event.path("region").asText()).isEqualTo("us-east-1");
        assertThat(event.path("time").asText()).isEqualTo("2026-11-01T00:01:00Z");
        assertThat(event.path("resources").path(0).asText()).isEqualTo(arn);
        assertThat(detail.path("clusterArn").asText()).isEqualTo("arn:aws:ecs:us-east-1:000000000000:cluster/jobs");
        assertThat(detail.path("startedBy").asText()).isEqualTo("job-1");
        assertThat(detail.path("group").asText()).isEqualTo("family:small");
        assertThat(detail.path("launchType").asText()).isEqualTo("EC2");
        assertThat(detail.path("cpu").asText()).isEqualTo("256");
        assertThat(detail.path("version").isNumber()).isTrue();
        assertThat(detail.path("stopCode").asText()).isEqualTo("EssentialContainerExited");
        assertThat(detail.path("containers").path(0).path("exitCode").asInt(-1)).isZero();
        assertThat(detail.path("overrides")
                        .path("containerOverrides")
                        .path(0)
                        .path("command")
                        .path(1)
                        .asText())
                .isEqualTo("hi");
        assertThat(detail.has("tags")).isFalse();
    }

    @Test
    void aStoppedTaskKeepsItsFirstReasonAndStoppingTwiceIsHarmless() {
        String arn = startedOnEc2();
        cluster.timeline.runFor(Duration.ofSeconds(1));

        cluster.client.stopTask(r -> r.cluster(CLUSTER).task(arn).reason("too long"));
        cluster.client.stopTask(r -> r.cluster(CLUSTER).task(arn).reason("again"));
        cluster.timeline.runUntilIdle();

        Task task = cluster.task(arn);
        assertThat(task.stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
        assertThat(task.stoppedReason()).isEqualTo("too long");
        assertThat(task.containers().getFirst().exitCode()).isEqualTo(143);
        assertThat(cluster.history(arn))
                .containsExactly("PENDING/RUNNING@1", "RUNNING/RUNNING@2", "RUNNING/STOPPED@3", "STOPPED/STOPPED@4");
    }

    @Test
    void aTaskThatIsStoppedBeforeItRanHasNoExitCode() {
        String arn = startedOnEc2();

        cluster.client.stopTask(r -> r.cluster(CLUSTER).task(arn));
        cluster.timeline.runUntilIdle();

        Task task = cluster.task(arn);
        assertThat(task.lastStatus()).isEqualTo("STOPPED");
        assertThat(task.startedAt()).isNull();
        assertThat(task.containers().getFirst().exitCode()).isNull();
    }

    @Test
    void aSpotInterruptionWarnsAndTwoMinutesLaterTakesTheTasksAway() {
        String instance = cluster.instance("m5.large");
        String arn =
                cluster.run("small", r -> longRunning(r)).tasks().getFirst().taskArn();
        cluster.timeline.runFor(Duration.ofSeconds(10));

        cluster.ecs.interrupt(instance);
        cluster.timeline.runFor(Duration.ofSeconds(119));
        assertThat(cluster.task(arn).lastStatus()).isEqualTo("RUNNING");
        cluster.timeline.runUntilIdle();

        Task task = cluster.task(arn);
        assertThat(task.stopCode()).isEqualTo(TaskStopCode.TERMINATION_NOTICE);
        assertThat(task.stoppedReason()).matches("Host EC2 \\(instance i-[0-9a-f]{17}\\) terminated\\.");
        assertThat(task.containers().getFirst().exitCode()).isNull();
        assertThat(cluster.ecs.instances(CLUSTER)).isEmpty();
        ObjectNode warning = cluster.events.stream()
                .filter(event -> event.path("source").asText().equals("aws.ec2"))
                .findFirst()
                .orElseThrow();
        assertThat(warning.path("detail-type").asText()).isEqualTo("EC2 Spot Instance Interruption Warning");
        assertThat(warning.path("detail").path("instance-action").asText()).isEqualTo("terminate");
        assertThat(task.stoppedReason())
                .contains(warning.path("detail").path("instance-id").asText());
    }

    private static RunTaskRequest.Builder longRunning(RunTaskRequest.Builder request) {
        return request.launchType(LaunchType.EC2)
                .overrides(overrides -> overrides.containerOverrides(container -> container
                        .name("main")
                        .environment(KeyValuePair.builder()
                                .name("SIMULATED_SECONDS")
                                .value("3600")
                                .build())));
    }

    @Test
    void aTaskThatFargateCannotProvisionStopsWithoutContainers() {
        cluster.ecs.failFargateProvisioning(Optional.of("ResourceInitializationError: no route"));
        String arn = cluster.runOnFargate("serverless").tasks().getFirst().taskArn();

        cluster.timeline.runUntilIdle();

        Task task = cluster.task(arn);
        assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(task.containers()).isEmpty();
        assertThat(cluster.events.getLast().path("detail").path("containers").isArray())
                .isTrue();
        assertThat(cluster.events.getLast().path("detail").path("containers")).isEmpty();
    }

    @Test
    void aContainerThatCannotStartFailsItsTask() {
        cluster.instance("m5.large");
        String arn = cluster.run(
                        "small",
                        request -> request.overrides(overrides -> overrides.containerOverrides(container -> container
                                .name("main")
                                .environment(KeyValuePair.builder()
                                        .name("SIMULATED_SECONDS")
                                        .value("soon")
                                        .build()))))
                .tasks()
                .getFirst()
                .taskArn();

        cluster.timeline.runUntilIdle();

        Task task = cluster.task(arn);
        assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
        assertThat(task.startedAt()).isNull();
        assertThat(task.containers().getFirst().reason()).startsWith("CannotStartContainerError");
        assertThat(task.containers().getFirst().exitCode()).isNull();
    }

    @Test
    void anEssentialContainerTakesTheOthersWithIt() {
        cluster.instance("m5.large");
        cluster.ecs.registerTaskDefinition(SimulatedCluster.definition("pair", 1, 1).toBuilder()
                .containerDefinitions(
                        SimulatedCluster.container("main", 128, 128),
                        SimulatedCluster.container("helper", 128, 128).toBuilder()
                                .essential(false)
                                .environment(KeyValuePair.builder()
                                        .name("SIMULATED_SECONDS")
                                        .value("3600")
                                        .build())
                                .build())
                .build());
        String arn = cluster.run("pair").tasks().getFirst().taskArn();

        cluster.timeline.runFor(Duration.ofMinutes(2));

        Task task = cluster.task(arn);
        assertThat(task.lastStatus()).isEqualTo("STOPPED");
        assertThat(task.containers())
                .extracting(container -> container.name() + "=" + container.exitCode())
                .containsExactly("main=0", "helper=143");
    }

    @Test
    void aStoppedTaskCanBeDescribedForOneHour() {
        String arn = startedOnEc2();
        cluster.timeline.runUntilIdle();

        cluster.timeline.runFor(Duration.ofMinutes(59));
        assertThat(cluster.task(arn).lastStatus()).isEqualTo("STOPPED");
        cluster.timeline.runFor(Duration.ofMinutes(1));

        assertThat(cluster.client
                        .describeTasks(r -> r.cluster(CLUSTER).tasks(arn))
                        .failures())
                .extracting(failure -> failure.arn() + " " + failure.reason())
                .containsExactly(arn + " MISSING");
    }
}
