package dev.spillway.capacitymetric;

import dev.spillway.capacitymetric.capacity.ContainerSize;
import dev.spillway.capacitymetric.capacity.Instance;
import dev.spillway.capacitymetric.capacity.LargestSizes;
import dev.spillway.capacitymetric.capacity.WaitingTasks;
import java.time.Instant;
import java.util.Collection;

/** Knows which containers are the largest. */
@FunctionalInterface
interface Sizes {

    /** The largest containers at this moment. */
    LargestSizes largest(Collection<Instance> cluster, WaitingTasks waiting, Instant now);

    /** Always the same one. */
    static Sizes configured(ContainerSize size) {
        LargestSizes largest = LargestSizes.configured(size);
        return (cluster, waiting, now) -> largest;
    }
}
