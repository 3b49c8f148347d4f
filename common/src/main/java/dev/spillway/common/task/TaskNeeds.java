package dev.spillway.common.task;

import java.util.List;

/**
 * What a task needs, as its task definition and its message say: by it the waiting line is released.
 *
 * @param size of the whole task
 * @param sizeDecides whether CPU and memory alone say on which container instance it fits. They do not where it also
 *     wants a network interface, a port or a device of the instance, or has placement constraints
 * @param capacity those of its fallback chain that can run it at all, in their order
 */
public record TaskNeeds(TaskSize size, boolean sizeDecides, List<CapacityType> capacity) {

    public TaskNeeds {
        capacity = List.copyOf(capacity);
    }

    /** Whether the task would rather have had instances that it fits on than this. */
    public boolean prefersInstancesTo(CapacityType type) {
        return capacity.stream().takeWhile(each -> each != type).anyMatch(CapacityType::isEc2);
    }

    /** Whether the task may still ask for something else when it has asked for this. */
    public boolean leadsOnFrom(CapacityType type) {
        int at = capacity.indexOf(type);
        return at >= 0 && at < capacity.size() - 1;
    }
}
