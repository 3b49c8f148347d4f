package dev.spillway.local.ecs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The container instances that tasks of a launch may go to: all active ones for a launch type, those of the group for a
 * capacity provider (ECS developer guide, "Amazon ECS capacity providers for EC2 workloads").
 */
final class Ec2Placement {

    private Ec2Placement() {}

    static List<SimInstance> candidates(ClusterState cluster, @Nullable String capacityProvider) {
        return cluster.instances().stream()
                .filter(instance -> instance.status() == SimInstance.Status.ACTIVE)
                .filter(instance -> capacityProvider == null || capacityProvider.equals(instance.capacityProvider()))
                .toList();
    }

    static Placement.Request wanted(Launch launch) {
        return new Placement.Request(launch.sizes().needs(), launch.group(), launch.constraints(), launch.strategies());
    }

    /** Called with the lock. */
    static Placement.Result place(Placement.Request wanted, List<SimInstance> candidates, EcsWorld world) {
        return Placement.place(wanted, candidates.stream().map(SimInstance::view)::iterator, world.random);
    }
}
