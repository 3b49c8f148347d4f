package dev.spillway.local.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.ec2.BootedInstance;
import dev.spillway.local.ec2.Ec2Settings;
import dev.spillway.local.ec2.InstanceHost;
import dev.spillway.local.ec2.SimulatedEc2;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;

/** Simulated groups in simulated time, alone: what joins is only listed. */
final class SimulatedGroups {

    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    /** The group's name where there is but one. */
    static final String GROUP = "workers";

    /** One data point. */
    record Metric(String namespace, String name, Map<String, String> dimensions, double value, Instant at) {}

    final SimulatedTimeline timeline = new SimulatedTimeline(START, 1);
    final List<ObjectNode> events = new ArrayList<>();
    final List<Metric> metrics = new ArrayList<>();
    final TreeSet<String> joined = new TreeSet<>();
    final SimulatedEc2 ec2;
    final SimulatedAutoScaling autoScaling;
    final AutoScalingClient client;

    SimulatedGroups() {
        this(1);
    }

    SimulatedGroups(long seed) {
        ec2 = new SimulatedEc2(Ec2Settings.defaults().withSeed(seed), timeline, new Joined(), events::add);
        autoScaling = new SimulatedAutoScaling(
                AutoScalingSettings.defaults().withSeed(seed),
                timeline,
                ec2,
                events::add,
                (namespace, name, dimensions, value, at) ->
                        metrics.add(new Metric(namespace, name, dimensions, value, at)));
        client = autoScaling.client();
    }

    private final class Joined implements InstanceHost {
        @Override
        public void joined(BootedInstance instance) {
            joined.add(instance.instanceId());
        }

        @Override
        public void gone(String instanceId) {
            joined.remove(instanceId);
        }
    }

    /** Long enough for whatever was asked for to have happened. */
    SimulatedGroups settle() {
        return pass(Duration.ofMinutes(2));
    }

    SimulatedGroups pass(Duration time) {
        timeline.runFor(time);
        return this;
    }

    /** A group of that many instances, in service and long past every warm-up and cooldown. */
    static SimulatedGroups of(int instances, int max) {
        SimulatedGroups groups = new SimulatedGroups();
        groups.autoScaling
                .group(GROUP)
                .max(max)
                .desired(instances)
                .terminatingHook("drain", Duration.ofMinutes(6))
                .create();
        return groups.pass(Duration.ofMinutes(10));
    }

    void desire(int instances) {
        client.setDesiredCapacity(r -> r.autoScalingGroupName(GROUP).desiredCapacity(instances));
    }

    AutoScalingGroup group() {
        return client.describeAutoScalingGroups(r -> r.autoScalingGroupNames(GROUP))
                .autoScalingGroups()
                .getFirst();
    }

    int desired() {
        return group().desiredCapacity();
    }

    List<Instance> instances() {
        return group().instances();
    }

    /** The ids of the instances in a state. */
    List<String> in(String state) {
        return instances().stream()
                .filter(instance -> instance.lifecycleStateAsString().equals(state))
                .map(Instance::instanceId)
                .toList();
    }

    List<String> states() {
        return instances().stream()
                .map(Instance::lifecycleStateAsString)
                .sorted()
                .toList();
    }

    List<Activity> activities() {
        return client.describeScalingActivities(r -> r.autoScalingGroupName(GROUP))
                .activities();
    }

    void complete(String instanceId) {
        client.completeLifecycleAction(r -> r.autoScalingGroupName(GROUP)
                .lifecycleHookName("drain")
                .lifecycleActionResult("CONTINUE")
                .instanceId(instanceId));
    }

    void heartbeat(String instanceId) {
        client.recordLifecycleActionHeartbeat(
                r -> r.autoScalingGroupName(GROUP).lifecycleHookName("drain").instanceId(instanceId));
    }

    List<JsonNode> events(String detailType) {
        return events.stream()
                .filter(event -> event.path("detail-type").asText().equals(detailType))
                .map(JsonNode.class::cast)
                .toList();
    }

    Instant at(Duration sinceStart) {
        return START.plus(sinceStart);
    }
}
