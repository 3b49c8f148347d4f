package dev.spillway.local.managedscaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.local.autoscaling.AutoScalingSettings;
import dev.spillway.local.autoscaling.SimulatedAutoScaling;
import dev.spillway.local.ec2.Ec2Settings;
import dev.spillway.local.ec2.EcsHost;
import dev.spillway.local.ec2.SimulatedEc2;
import dev.spillway.local.ecs.EcsSettings;
import dev.spillway.local.ecs.SimulatedEcs;
import dev.spillway.local.runtime.SimulatedRuntime;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/** One group of one instance, which terminates with a task on it or without. */
class ManagedDrainingTest {

    private static final String CLUSTER = "jobs";
    private static final String GROUP = "workers";

    private final SimulatedTimeline timeline = new SimulatedTimeline(Instant.parse("2026-11-01T00:00:00Z"), 1);
    private final SimulatedEcs ecs = new SimulatedEcs(
            EcsSettings.defaults(), timeline, new SimulatedRuntime(timeline, Duration.ofMinutes(1)), event -> {});
    private final SimulatedEc2 ec2 =
            new SimulatedEc2(Ec2Settings.defaults(), timeline, new EcsHost(ecs, CLUSTER), event -> {});
    private final SimulatedAutoScaling autoScaling = new SimulatedAutoScaling(
            AutoScalingSettings.defaults(),
            timeline,
            ec2,
            event -> draining().see(event),
            (namespace, name, dimensions, value, at) -> {});
    private final ManagedDraining draining =
            new ManagedDraining(CLUSTER, ecs.managedCapacity(), autoScaling::client, timeline, Duration.ofSeconds(10));

    private ManagedDraining draining() {
        return draining;
    }

    @BeforeEach
    void oneInstance() {
        ecs.createCluster(CLUSTER, "provider");
        ecs.managedCapacity().create("provider", GROUP);
        ecs.registerTaskDefinition(RegisterTaskDefinitionRequest.builder()
                .family("job")
                .containerDefinitions(c -> c.name("main").image("none").cpu(512).memory(512))
                .build());
        autoScaling
                .group(GROUP)
                .max(2)
                .desired(1)
                .spot()
                .capacityRebalance()
                .terminatingHook(ManagedDraining.hook())
                .create();
        timeline.runFor(Duration.ofMinutes(5));
        assertThat(ecs.instances(CLUSTER)).hasSize(1);
    }

    @Test
    void an_instance_without_tasks_goes_at_once() {
        desire(0);
        timeline.runFor(Duration.ofMinutes(1));

        assertThat(ecs.instances(CLUSTER)).isEmpty();
    }

    @Test
    void an_instance_drains_until_its_last_task_has_ended_however_many_heartbeats_that_takes() {
        Task running = run(Duration.ofHours(5));
        desire(0);
        timeline.runFor(Duration.ofHours(4));

        assertThat(ecs.instances(CLUSTER)).extracting(ContainerInstance::status).containsExactly("DRAINING");
        assertThat(instances()).extracting(Instance::lifecycleStateAsString).containsExactly("Terminating:Wait");
        Task refusedPlace = run(Duration.ofSeconds(1));
        assertThat(refusedPlace.lastStatus()).isEqualTo("PROVISIONING");

        timeline.runFor(Duration.ofHours(1).plusMinutes(1));
        assertThat(task(running).stopCodeAsString()).isEqualTo("EssentialContainerExited");
        assertThat(ecs.instances(CLUSTER)).isEmpty();
        assertThat(instances()).isEmpty();
    }

    @Test
    void after_48_hours_the_instance_goes_with_what_runs_there() {
        Task running = run(Duration.ofHours(60));
        desire(0);
        timeline.runFor(Duration.ofHours(48).minusMinutes(1));
        assertThat(task(running).lastStatus()).isEqualTo("RUNNING");

        timeline.runFor(Duration.ofMinutes(2));
        assertThat(task(running).lastStatus()).isEqualTo("STOPPED");
        assertThat(task(running).stoppedReason()).startsWith("Host EC2 (instance i-");
        assertThat(ecs.instances(CLUSTER)).isEmpty();
        timeline.runFor(Duration.ofHours(2));
        assertThat(instances()).isEmpty();
    }

    /** Auto Scaling replaces it with the notice; what runs there still has two minutes. */
    @Test
    void a_Spot_Instance_that_is_taken_back_drains_for_its_two_minutes() {
        Task running = run(Duration.ofHours(1));
        String taken = ecs.instances(CLUSTER).getFirst().ec2InstanceId();

        ec2.interrupt(taken);
        timeline.runFor(Duration.ofSeconds(30));
        assertThat(ecs.instances(CLUSTER))
                .filteredOn(instance -> instance.ec2InstanceId().equals(taken))
                .extracting(ContainerInstance::status)
                .containsExactly("DRAINING");

        timeline.runFor(Duration.ofMinutes(3));
        assertThat(task(running).stoppedReason()).isEqualTo("Host EC2 (instance " + taken + ") terminated.");
        assertThat(instances()).extracting(Instance::instanceId).hasSize(1).doesNotContain(taken);
    }

    private void desire(int instances) {
        autoScaling
                .client()
                .setDesiredCapacity(r -> r.autoScalingGroupName(GROUP).desiredCapacity(instances));
    }

    private List<Instance> instances() {
        return autoScaling
                .client()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(GROUP))
                .autoScalingGroups()
                .getFirst()
                .instances();
    }

    private Task run(Duration time) {
        Task task = ecs.client()
                .runTask(r -> r.cluster(CLUSTER)
                        .taskDefinition("job")
                        .capacityProviderStrategy(
                                item -> item.capacityProvider("provider").weight(1))
                        .overrides(o -> o.containerOverrides(c -> c.name("main")
                                .environment(
                                        e -> e.name(SimulatedRuntime.SECONDS).value(Long.toString(time.toSeconds()))))))
                .tasks()
                .getFirst();
        timeline.runFor(Duration.ofSeconds(1));
        return task;
    }

    private Task task(Task task) {
        return ecs.client()
                .describeTasks(r -> r.cluster(CLUSTER).tasks(task.taskArn()))
                .tasks()
                .getFirst();
    }
}
