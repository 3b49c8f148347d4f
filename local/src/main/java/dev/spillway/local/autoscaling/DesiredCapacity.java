package dev.spillway.local.autoscaling;

import dev.spillway.local.autoscaling.PolicyOutcome.Changed;
import dev.spillway.local.autoscaling.StepScaling.Capacity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Changes what a group should have. */
final class DesiredCapacity {

    private final AutoScalingWorld world;
    private final ScalingProcesses processes;

    DesiredCapacity(AutoScalingWorld world, ScalingProcesses processes) {
        this.world = world;
        this.processes = processes;
    }

    void set(String groupName, int wanted, boolean honorCooldown) {
        world.lock.holding(() -> {
            GroupState group = world.group(groupName);
            GroupSettings settings = group.settings();
            if (wanted > settings.max()) {
                throw AutoScalingErrors.validation("New SetDesiredCapacity value " + wanted + " is above max value "
                        + settings.max() + " for the AutoScalingGroup.");
            }
            if (wanted < settings.min()) {
                throw AutoScalingErrors.validation("New SetDesiredCapacity value " + wanted + " is below min value "
                        + settings.min() + " for the AutoScalingGroup.");
            }
            if (honorCooldown) {
                refuseInCooldown(group);
            }
            change(group, wanted, "a user request explicitly set group desired capacity");
        });
    }

    private void refuseInCooldown(GroupState group) {
        group.activities().stream()
                .filter(ScalingActivity::inProgress)
                .findFirst()
                .ifPresent(activity -> {
                    throw AutoScalingErrors.inProgress(activity.id);
                });
        ScalingActivity last = group.lastDone;
        Instant end = last == null ? null : last.endTime();
        if (last != null
                && end != null
                && world.now().isBefore(end.plus(group.settings().cooldown()))) {
            throw AutoScalingErrors.inProgress(last.id);
        }
    }

    PolicyOutcome execute(String policyArn, @Nullable String alarm, List<Double> values, double breachThreshold) {
        return world.lock.holding(() -> {
            StepPolicy policy = world.policies.get(policyArn);
            if (policy == null) {
                throw AutoScalingErrors.validation("Policy not found: " + policyArn);
            }
            GroupState group = world.group(policy.group());
            OptionalDouble metric = policy.aggregation().of(values);
            if (metric.isEmpty()) {
                return new PolicyOutcome.Unchanged(group.desired, "the alarm has no data point");
            }
            PolicyOutcome outcome = StepScaling.decide(
                    policy, capacity(group, policy.warmup()), metric.getAsDouble() - breachThreshold);
            follow(
                    group,
                    outcome,
                    alarm == null
                            ? "a user request executed policy " + policy.name()
                            : triggered(alarm, policy.name()));
            return outcome;
        });
    }

    PolicyOutcome track(String policyArn, String alarm, double metricValue) {
        return world.lock.holding(() -> {
            TargetPolicy policy = world.targetPolicies.get(policyArn);
            if (policy == null) {
                throw AutoScalingErrors.validation("Policy not found: " + policyArn);
            }
            GroupState group = world.group(policy.group());
            PolicyOutcome outcome = TargetTracking.decide(policy, capacity(group, policy.warmup()), metricValue);
            follow(group, outcome, triggered(alarm, policy.name()));
            return outcome;
        });
    }

    private static String triggered(String alarm, String policy) {
        return "a monitor alarm " + alarm + " in state ALARM triggered policy " + policy;
    }

    private void follow(GroupState group, PolicyOutcome outcome, String who) {
        if (outcome instanceof Changed changed) {
            change(group, changed.to(), who);
        }
    }

    private Capacity capacity(GroupState group, Duration warmup) {
        Instant now = world.now();
        int warm = group.count(instance -> instance.isWarm(warmup, now));
        boolean launchesSoon = group.desired > group.actual() && !group.starved;
        return new Capacity(
                group.settings().min(),
                group.settings().max(),
                group.desired,
                warm,
                group.count(instance -> instance.is(InstanceState.IN_SERVICE)),
                group.terminating(),
                launchesSoon || group.actual() > warm);
    }

    private void change(GroupState group, int wanted, String who) {
        int before = group.desired;
        if (wanted != before) {
            group.desired = wanted;
            group.starved = false;
            group.changed(
                    "%s%s changing the desired capacity from %d to %d.".formatted(world.at(), who, before, wanted));
        }
        processes.wake(group);
    }
}
