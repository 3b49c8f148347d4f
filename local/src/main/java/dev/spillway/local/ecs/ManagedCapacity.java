package dev.spillway.local.ecs;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The side of ECS that its managed scaling and managed draining work with: capacity providers, what their instances have
 * to do, and the draining of one of them. Safe for use by many threads.
 */
public final class ManagedCapacity {

    private final EcsWorld world;

    ManagedCapacity(EcsWorld world) {
        this.world = world;
    }

    /**
     * Makes a capacity provider of an Auto Scaling group. Instances of the group that join a cluster that is associated
     * with it belong to it from then on.
     *
     * @param name what strategies call it; not beginning with aws, ecs or fargate
     */
    public void create(String name, String groupName) {
        world.lock.holding(() -> {
            if (world.capacityProviders.putIfAbsent(name, new CapacityProvider(name, groupName)) != null) {
                throw EcsErrors.invalidParameter("The specified capacity provider already exists. To change the"
                        + " configuration of an existing capacity provider, update the capacity provider.");
            }
        });
    }

    /**
     * What the instances of a capacity provider have to do now. Instances that drain are not among them: they take no
     * task any more.
     *
     * @param instanceType of the group's instances
     */
    public ProviderLoad load(String cluster, String capacityProvider, String instanceType) {
        return world.lock.holding(() -> {
            ClusterState state = world.cluster(cluster);
            List<String> busy = new ArrayList<>();
            List<String> idle = new ArrayList<>();
            Ec2Placement.candidates(state, capacityProvider)
                    .forEach(instance -> (instance.tasks().isEmpty() ? idle : busy).add(instance.ec2InstanceId()));
            List<SimTask> waiting = state.provisioning().stream()
                    .filter(task -> Objects.equals(task.destination.capacityProvider(), capacityProvider))
                    .toList();
            return new ProviderLoad(
                    busy, idle, ProvisioningDemand.instances(waiting, InstanceTypes.named(instanceType)));
        });
    }

    /** Keeps new tasks from an instance. Harmless for one that is not in the cluster. */
    public void drain(String cluster, String ec2InstanceId) {
        world.lock.holding(() -> {
            ClusterState state = world.cluster(cluster);
            find(state, ec2InstanceId)
                    .filter(instance -> instance.status() == SimInstance.Status.ACTIVE)
                    .ifPresent(instance -> {
                        instance.status(SimInstance.Status.DRAINING);
                        world.publish(instance, state);
                    });
        });
    }

    /** Whether a task is still on an instance; none is on one that is not in the cluster. */
    public boolean hasTasks(String cluster, String ec2InstanceId) {
        return world.lock.holding(() -> find(world.cluster(cluster), ec2InstanceId)
                .filter(instance -> !instance.tasks().isEmpty())
                .isPresent());
    }

    private static Optional<SimInstance> find(ClusterState cluster, String ec2InstanceId) {
        return cluster.instances().stream()
                .filter(instance -> instance.ec2InstanceId().equals(ec2InstanceId))
                .findFirst();
    }
}
