package dev.spillway.local.autoscaling;

import dev.spillway.local.ec2.InstanceUse;
import dev.spillway.local.ec2.MetricSink;
import dev.spillway.local.ec2.SimulatedEc2;
import dev.spillway.local.ecs.EventSink;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.PutScalingPolicyRequest;

/**
 * A simulated account of Amazon EC2 Auto Scaling. What a product may do goes through {@link #client()}; what deploys the
 * groups, what CloudWatch does to them, and what happens to their instances is here. Safe for use by many threads.
 * Target tracking is simulated for metrics that other services bring. Zone rebalancing, instance refresh, warm pools, weights, standby and launching hooks are not simulated.
 */
public final class SimulatedAutoScaling {

    private final AutoScalingWorld world;
    private final ScalingProcesses processes;
    private final DesiredCapacity desiredCapacity;
    private final GroupMetrics metrics;
    private final AutoScalingClient client;

    /**
     * An account without groups.
     *
     * @param settings Region, account and times
     * @param timeline what all of it happens on
     * @param ec2 where instances are launched; on the same timeline
     * @param sink gets every event, in any order under real time, from many threads
     * @param metrics gets the metrics of groups that have them enabled
     */
    public SimulatedAutoScaling(
            AutoScalingSettings settings, Timeline timeline, SimulatedEc2 ec2, EventSink sink, MetricSink metrics) {
        this.world = new AutoScalingWorld(settings, timeline, ec2, sink);
        this.processes = new ScalingProcesses(world);
        this.desiredCapacity = new DesiredCapacity(world, processes);
        this.metrics = new GroupMetrics(world, metrics);
        this.client = new SimulatedAutoScalingClient(new Descriptions(world), desiredCapacity, processes.actions());
    }

    /** The account as the AWS SDK shows it. */
    public AutoScalingClient client() {
        return client;
    }

    /** A group that is there after {@link GroupBuilder#create}. */
    public GroupBuilder group(String name) {
        return new GroupBuilder(this, name, world.settings.region());
    }

    String create(GroupSettings settings, int desired) {
        if (desired < settings.min() || desired > settings.max()) {
            throw AutoScalingErrors.validation("Desired capacity:" + desired
                    + " must be between the specified min size:" + settings.min() + " and max size:" + settings.max());
        }
        return world.lock.holding(() -> {
            if (world.groups.containsKey(settings.name())) {
                throw new IllegalArgumentException("there is a group " + settings.name() + " already");
            }
            String arn = world.settings.arn(
                    "autoScalingGroup:" + world.ids.uuid() + ":autoScalingGroupName/" + settings.name());
            Map<String, String> subnets = new LinkedHashMap<>();
            settings.availabilityZones()
                    .forEach(zone -> subnets.put(
                            zone, "subnet-" + world.ids.ec2Instance().substring(2)));
            GroupState group = new GroupState(settings, world.nextSequence(), arn, world.now(), subnets, desired);
            world.groups.put(settings.name(), group);
            if (desired > 0) {
                group.changed(world.at() + "a user request created an AutoScalingGroup changing the desired capacity"
                        + " from 0 to " + desired + ".");
                processes.wake(group);
            }
            if (settings.metrics()) {
                metrics.start(group);
            }
            return arn;
        });
    }

    /**
     * Makes a step scaling policy, or replaces the one of that name; every other type is refused.
     *
     * @return its ARN
     * @throws UnsupportedOperationException for simple scaling, the type of a request that names none, and for all others
     */
    public String putScalingPolicy(PutScalingPolicyRequest request) {
        return world.lock.holding(() -> {
            GroupState group = world.group(request.autoScalingGroupName());
            String arn = policies(group.name())
                    .filter(policy -> policy.name().equals(request.policyName()))
                    .map(StepPolicy::arn)
                    .findFirst()
                    .orElseGet(() -> world.settings.arn("scalingPolicy:" + world.ids.uuid() + ":autoScalingGroupName/"
                            + group.name() + ":policyName/" + request.policyName()));
            world.policies.put(arn, StepPolicies.read(request, arn, group.settings()));
            return arn;
        });
    }

    /** The ARN of a group's policy, which is what an alarm names as its action. */
    public String policyArn(String group, String policyName) {
        return world.lock.holding(() -> policies(group)
                .filter(policy -> policy.name().equals(policyName))
                .map(StepPolicy::arn)
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no policy " + policyName + " of " + group)));
    }

    /**
     * Makes a target tracking policy of a metric that another service brings; the alarms are that service's to make.
     *
     * @param target what the metric is to be, above 0
     * @param warmup from being in service until an instance is part of the current capacity
     * @return its ARN
     */
    public String putTargetTracking(String groupName, String policyName, double target, Duration warmup) {
        return world.lock.holding(() -> {
            String group = world.group(groupName).name();
            String arn = world.settings.arn("scalingPolicy:" + world.ids.uuid() + ":autoScalingGroupName/" + group
                    + ":policyName/" + policyName);
            world.targetPolicies.put(arn, new TargetPolicy(arn, policyName, group, target, warmup));
            return arn;
        });
    }

    /** Executes a target tracking policy as one of its alarms in state ALARM does. */
    public PolicyOutcome trackTarget(String policyArn, String alarmName, double metricValue) {
        return desiredCapacity.track(policyArn, alarmName, metricValue);
    }

    private Stream<StepPolicy> policies(String group) {
        return world.policies.values().stream().filter(policy -> policy.group().equals(group));
    }

    /**
     * Executes a policy as a person does by hand.
     *
     * @param metricValue the metric that is to be compared with the steps
     * @param breachThreshold what the bounds of the steps are relative to
     */
    public PolicyOutcome executePolicy(String policyArn, double metricValue, double breachThreshold) {
        return desiredCapacity.execute(policyArn, null, List.of(metricValue), breachThreshold);
    }

    /**
     * Executes a policy as an alarm in state ALARM does, each minute again while it is in it.
     *
     * @param values the data points that the alarm judged; of none nothing follows
     */
    public PolicyOutcome executePolicy(
            String policyArn, String alarmName, List<Double> values, double breachThreshold) {
        return desiredCapacity.execute(policyArn, alarmName, values, breachThreshold);
    }

    /** Protects an instance from scale-in, or no longer does, as SetInstanceProtection does. */
    public void protectFromScaleIn(String groupName, String instanceId, boolean isProtected) {
        world.lock.holding(() -> {
            GroupState group = world.group(groupName);
            group.instance(instanceId)
                    .orElseThrow(() -> new NoSuchElementException("no " + instanceId + " in " + groupName))
                    .protectedFromScaleIn = isProtected;
            processes.wake(group);
        });
    }

    /** The same for several, as a service does that may be late: those that have left the group are passed over. */
    public void protectFromScaleIn(String groupName, Collection<String> instanceIds, boolean isProtected) {
        world.lock.holding(() -> {
            GroupState group = world.group(groupName);
            List<GroupInstance> changed = instanceIds.stream()
                    .flatMap(id -> group.instance(id).stream())
                    .filter(instance -> instance.protectedFromScaleIn != isProtected)
                    .toList();
            changed.forEach(instance -> instance.protectedFromScaleIn = isProtected);
            if (!changed.isEmpty()) {
                processes.wake(group);
            }
        });
    }

    // What EC2 does to the groups' instances; more of it is in SimulatedEc2.

    /** Says whether there is Spot capacity for a group. None takes all its Spot Instances back. */
    public void spotAvailable(String groupName, boolean available) {
        world.ec2.spotAvailable(known(groupName), available);
    }

    /** Says for how many Spot Instances of a group there is capacity; those above it are taken back. */
    public void spotAvailable(String groupName, int instances) {
        world.ec2.spotAvailable(known(groupName), instances);
    }

    /** The next instances that a group launches boot and are in service, and never join anything. */
    public void nextNeverJoin(String groupName, int instances) {
        world.ec2.nextNeverJoin(known(groupName), instances);
    }

    /** Every instance there ever was, in the order of their launches, and how long each ran so far. */
    public List<InstanceUse> instanceUse() {
        return world.ec2.instanceUse();
    }

    private String known(String groupName) {
        return world.lock.holding(() -> world.group(groupName).name());
    }
}
