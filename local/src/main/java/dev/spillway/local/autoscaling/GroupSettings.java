package dev.spillway.local.autoscaling;

import dev.spillway.local.ec2.BootTimes;
import dev.spillway.local.ec2.CapacityKind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a group is made of; see {@link GroupBuilder} for each.
 *
 * @param warmup null if the group has no default instance warm-up
 */
record GroupSettings(
        String name,
        int min,
        int max,
        CapacityKind kind,
        List<String> instanceTypes,
        List<String> availabilityZones,
        Duration cooldown,
        @Nullable Duration warmup,
        BootTimes boot,
        boolean protectNewInstances,
        boolean capacityRebalance,
        boolean metrics,
        List<LifecycleHook> hooks) {

    GroupSettings {
        instanceTypes = List.copyOf(instanceTypes);
        availabilityZones = List.copyOf(availabilityZones);
        hooks = List.copyOf(hooks);
    }

    /** Of a policy that names none: the group's, and without that its cooldown (PutScalingPolicy). */
    Duration defaultWarmup() {
        return warmup == null ? cooldown : warmup;
    }
}
