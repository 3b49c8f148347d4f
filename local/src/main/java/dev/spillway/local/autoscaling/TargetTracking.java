package dev.spillway.local.autoscaling;

import dev.spillway.local.autoscaling.PolicyOutcome.Changed;
import dev.spillway.local.autoscaling.PolicyOutcome.Unchanged;
import dev.spillway.local.autoscaling.StepScaling.Capacity;

/**
 * What a target tracking policy makes of a group (Auto Scaling user guide, "Target tracking scaling policies"): the capacity
 * changes in proportion to the metric, rounded up. On the way out what warms up is no part of the current capacity, but of
 * what is desired ("Set the default instance warmup"); a group of nothing counts as one instance (containers blog, "Deep
 * Dive on Amazon ECS Cluster Auto Scaling"). Nothing goes while something comes.
 */
final class TargetTracking {

    private TargetTracking() {}

    static PolicyOutcome decide(TargetPolicy policy, Capacity capacity, double metric) {
        if (metric > policy.target()) {
            int current = capacity.desired() == 0 ? 1 : Math.min(capacity.warm(), capacity.desired());
            return outcome(
                    capacity, Math.max(capacity.desired(), capacity.clamped(inProportion(current, metric, policy))));
        }
        if (metric < policy.target() && capacity.scalingOut()) {
            return new Unchanged(
                    capacity.desired(), "a scale-in activity cannot start while a scale-out activity is in progress");
        }
        if (metric < policy.target()) {
            int current = capacity.inService();
            return outcome(
                    capacity, Math.min(capacity.desired(), capacity.clamped(inProportion(current, metric, policy))));
        }
        return new Unchanged(capacity.desired(), "the metric is at its target");
    }

    private static int inProportion(int current, double metric, TargetPolicy policy) {
        // A little less, so that 3 × 33.333… % of 1 is 1 and not 2.
        return (int) Math.ceil(current * metric / policy.target() - 1e-9);
    }

    private static PolicyOutcome outcome(Capacity capacity, int wanted) {
        return wanted == capacity.desired()
                ? new Unchanged(wanted, "the desired capacity is that already")
                : new Changed(capacity.desired(), wanted);
    }
}
