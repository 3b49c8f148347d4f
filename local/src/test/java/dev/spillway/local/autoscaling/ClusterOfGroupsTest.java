package dev.spillway.local.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.ec2.Ec2Settings;
import dev.spillway.local.ec2.EcsHost;
import dev.spillway.local.ec2.SimulatedEc2;
import dev.spillway.local.ecs.EcsSettings;
import dev.spillway.local.ecs.SimulatedEcs;
import dev.spillway.local.runtime.SimulatedRuntime;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/** A Spot group and an on-demand group whose instances join one cluster. */
class ClusterOfGroupsTest {

    private final SimulatedTimeline timeline = new SimulatedTimeline(SimulatedGroups.START, 1);
    private final List<ObjectNode> events = new ArrayList<>();
    private final SimulatedEcs ecs = new SimulatedEcs(
            EcsSettings.defaults(), timeline, new SimulatedRuntime(timeline, Duration.ofHours(1)), events::add);
    private final SimulatedEc2 ec2 =
            new SimulatedEc2(Ec2Settings.defaults(), timeline, new EcsHost(ecs, "jobs"), events::add);
    private final SimulatedAutoScaling autoScaling = new SimulatedAutoScaling(
            AutoScalingSettings.defaults(), timeline, ec2, events::add, (namespace, name, dimensions, value, at) -> {});

    ClusterOfGroupsTest() {
        ecs.createCluster("jobs");
        autoScaling
                .group("spot")
                .max(4)
                .desired(2)
                .spot()
                .instanceTypes("m5.large")
                .terminatingHook("drain", Duration.ofMinutes(6))
                .create();
        autoScaling.group("on-demand").max(4).desired(1).onDemand().create();
        timeline.runFor(Duration.ofMinutes(2));
    }

    @Test
    void containerInstancesHaveTheInstanceIdsAndTheCapacityOfTheirGroups() {
        assertThat(ids(ecs.instances("jobs"))).containsExactlyInAnyOrderElementsOf(members("spot", "on-demand"));
        assertThat(ecs.instances("jobs"))
                .filteredOn(instance -> members("spot").contains(instance.ec2InstanceId()))
                .hasSize(2)
                .allMatch(instance -> "spot".equals(attribute(instance, "spillway.capacity")))
                .allMatch(instance -> "m5.large".equals(attribute(instance, "ecs.instance-type")));
    }

    @Test
    void anInterruptionIsOneWarningAndTheTaskStopsWithItsHost() {
        ecs.registerTaskDefinition(RegisterTaskDefinitionRequest.builder()
                .family("job")
                .containerDefinitions(
                        c -> c.name("main").image("busybox").cpu(128).memory(128))
                .build());
        String task = ecs.client()
                .runTask(r -> r.cluster("jobs")
                        .taskDefinition("job")
                        .placementConstraints(
                                c -> c.type("memberOf").expression("attribute:spillway.capacity == spot")))
                .tasks()
                .getFirst()
                .taskArn();
        timeline.runFor(Duration.ofMinutes(1));
        autoScaling.spotAvailable("spot", false);
        timeline.runFor(Duration.ofMinutes(2));

        assertThat(events)
                .filteredOn(
                        event -> event.path("detail-type").asText().equals("EC2 Spot Instance Interruption Warning"))
                .hasSize(2);
        assertThat(ids(ecs.instances("jobs"))).containsExactlyElementsOf(members("on-demand"));
        Task stopped = ecs.client()
                .describeTasks(r -> r.cluster("jobs").tasks(task))
                .tasks()
                .getFirst();
        assertThat(stopped.stopCodeAsString()).isEqualTo("TerminationNotice");
    }

    @Test
    void aDrainedInstanceLeavesTheClusterWhenItsActionIsComplete() {
        autoScaling
                .client()
                .setDesiredCapacity(r -> r.autoScalingGroupName("spot").desiredCapacity(1));
        timeline.runFor(Duration.ofMinutes(1));
        assertThat(ecs.instances("jobs")).hasSize(3);
        String waiting = autoScaling
                .client()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames("spot"))
                .autoScalingGroups()
                .getFirst()
                .instances()
                .stream()
                .filter(instance -> instance.lifecycleStateAsString().equals("Terminating:Wait"))
                .map(Instance::instanceId)
                .findFirst()
                .orElseThrow();
        autoScaling
                .client()
                .completeLifecycleAction(r -> r.autoScalingGroupName("spot")
                        .lifecycleHookName("drain")
                        .instanceId(waiting)
                        .lifecycleActionResult("CONTINUE"));
        assertThat(ids(ecs.instances("jobs"))).hasSize(2).doesNotContain(waiting);
    }

    @Test
    void onlyEc2TakesItsInstancesBack() {
        String arn = ecs.instances("jobs").getFirst().containerInstanceArn();
        assertThatThrownBy(() -> ecs.interrupt(arn)).isInstanceOf(IllegalStateException.class);
        String other = ecs.addInstance("jobs", "m5.large", "spot", "us-east-1a", Map.of());
        ecs.interrupt(other);
        timeline.runFor(Duration.ofMinutes(2));
        assertThat(ecs.instances("jobs")).hasSize(3);
    }

    private List<String> members(String... groups) {
        return autoScaling
                .client()
                .describeAutoScalingGroups(r -> r.autoScalingGroupNames(groups))
                .autoScalingGroups()
                .stream()
                .flatMap(group -> group.instances().stream())
                .map(Instance::instanceId)
                .toList();
    }

    private static List<String> ids(List<ContainerInstance> instances) {
        return instances.stream().map(ContainerInstance::ec2InstanceId).toList();
    }

    private static String attribute(ContainerInstance instance, String name) {
        return instance.attributes().stream()
                .filter(attribute -> attribute.name().equals(name))
                .map(Attribute::value)
                .findFirst()
                .orElse("");
    }
}
