package dev.spillway.local.autoscaling;

import dev.spillway.local.autoscaling.PolicyOutcome.Changed;
import dev.spillway.local.autoscaling.PolicyOutcome.Unchanged;
import dev.spillway.local.autoscaling.StepPolicy.Step;
import java.util.Optional;

/** What a step scaling policy makes of a group (Auto Scaling user guide, "Step and simple scaling policies"). */
final class StepScaling {

    private StepScaling() {}

    /**
     * A group at one moment.
     *
     * @param warm in service and warmed up
     * @param inService in service, warm or not
     * @param terminating on its way out
     * @param scalingOut something is being launched or warms up
     */
    record Capacity(int min, int max, int desired, int warm, int inService, int terminating, boolean scalingOut) {

        int clamped(int wanted) {
            return Math.min(max, Math.max(min, wanted));
        }
    }

    /**
     * The desired capacity after a breach.
     *
     * @param breach the metric less its threshold
     */
    static PolicyOutcome decide(StepPolicy policy, Capacity capacity, double breach) {
        Optional<Step> step = policy.step(breach);
        if (step.isEmpty()) {
            return new Unchanged(capacity.desired(), "no step of the policy covers a breach of " + breach);
        }
        int wanted = wanted(policy, capacity, step.get().adjustment());
        if (wanted < capacity.desired() && capacity.scalingOut()) {
            return new Unchanged(
                    capacity.desired(), "a scale-in activity cannot start while a scale-out activity is in progress");
        }
        return wanted == capacity.desired()
                ? new Unchanged(capacity.desired(), "the desired capacity is that already")
                : new Changed(capacity.desired(), wanted);
    }

    private static int wanted(StepPolicy policy, Capacity capacity, int adjustment) {
        if (policy.type() == StepPolicy.Type.EXACT_CAPACITY) {
            return capacity.clamped(adjustment);
        }
        if (adjustment > 0) {
            // What warms up is no part of the capacity that is scaled, but of what is desired: one breach after the
            // other
            // gives one scale-out. What a scale-in has still to choose is no part of it either.
            int current = Math.min(capacity.warm(), capacity.desired());
            int wanted = current + policy.change(current, adjustment);
            return Math.max(capacity.desired(), capacity.clamped(wanted));
        }
        // What terminates still counts, so that one breach after the other does not remove more than one would.
        int current = capacity.inService() + capacity.terminating();
        int wanted = current + policy.change(current, adjustment);
        return Math.min(capacity.desired(), capacity.clamped(wanted));
    }
}
