package dev.spillway.capacitymetric.capacity;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskSize;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/**
 * What the cluster's container instances have, at one moment.
 *
 * @param schedulable how many of the largest containers could be started now
 * @param schedulableOf the same for the instances of {@code EC2_SPOT} and of {@code EC2_ON_DEMAND}; those of no known
 *     kind are in the whole only
 * @param perInstance see {@link SchedulableContainers#perInstance}
 * @param cpuReserved percent of the CPU units that instances registered which take tasks; empty if they registered none
 * @param memoryReserved the same for memory
 * @param instances how many there are in each state
 */
public record ClusterCapacity(
        LargestSizes largest,
        long schedulable,
        Map<CapacityType, Long> schedulableOf,
        OptionalInt perInstance,
        OptionalDouble cpuReserved,
        OptionalDouble memoryReserved,
        Map<InstanceState, Long> instances) {

    private static final List<CapacityType> KINDS = List.of(CapacityType.EC2_SPOT, CapacityType.EC2_ON_DEMAND);

    public ClusterCapacity {
        schedulableOf = Map.copyOf(schedulableOf);
        instances = Map.copyOf(instances);
    }

    /** Measures the instances with the given sizes. */
    public static ClusterCapacity of(Collection<Instance> instances, LargestSizes largest) {
        Map<CapacityType, Long> schedulableOf = new EnumMap<>(CapacityType.class);
        KINDS.forEach(kind -> schedulableOf.put(
                kind,
                SchedulableContainers.count(
                        instances, largest, instance -> instance.room().isOf(kind))));
        Map<InstanceState, Long> states = new EnumMap<>(InstanceState.class);
        instances.forEach(instance -> states.merge(instance.state(), 1L, Long::sum));
        return new ClusterCapacity(
                largest,
                SchedulableContainers.count(instances, largest, instance -> true),
                schedulableOf,
                SchedulableContainers.perInstance(instances, largest),
                reserved(instances, TaskSize::cpu),
                reserved(instances, TaskSize::memory),
                states);
    }

    private static OptionalDouble reserved(Collection<Instance> instances, ToIntFunction<TaskSize> amount) {
        long registered = 0;
        long free = 0;
        for (Instance instance : instances) {
            if (instance.state() == InstanceState.ACTIVE) {
                registered += amount.applyAsInt(instance.room().registered());
                free += amount.applyAsInt(instance.room().free());
            }
        }
        return registered == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * (registered - free) / registered);
    }
}
