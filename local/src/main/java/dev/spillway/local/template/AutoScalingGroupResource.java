package dev.spillway.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An Auto Scaling group of container instances.
 *
 * @param isSpot whether all its instances are Spot Instances
 * @param instanceTypes of its instances, at least one
 * @param warmUp the default instance warm-up; empty if it has none
 * @param rebalances whether it replaces Spot Instances that are likely to be taken back
 * @param publishesMetrics whether CloudWatch gets its size each minute
 * @param protectsNewInstances whether its instances are protected from scale-in from the beginning
 * @param agent what the instances' user data tells the ECS agent
 */
public record AutoScalingGroupResource(
        String logicalId,
        String name,
        int minSize,
        int maxSize,
        boolean isSpot,
        List<String> instanceTypes,
        Duration cooldown,
        Optional<Duration> warmUp,
        boolean rebalances,
        boolean publishesMetrics,
        boolean protectsNewInstances,
        Map<String, String> agent) {

    public AutoScalingGroupResource {
        instanceTypes = List.copyOf(instanceTypes);
        agent = Map.copyOf(agent);
    }
}
