package dev.spillway.capacitymetric;

import dev.spillway.capacitymetric.capacity.Instance;
import java.util.Collection;
import software.amazon.awssdk.services.ecs.EcsClient;

/** The adapters of the capacity metric function that only its own package sees. */
public final class CapacityMetricAdapters {

    private CapacityMetricAdapters() {}

    /** All container instances of a cluster. */
    public static Collection<Instance> instances(EcsClient ecs, String cluster) {
        return new EcsInstances(ecs, cluster, Runnable::run).all();
    }
}
