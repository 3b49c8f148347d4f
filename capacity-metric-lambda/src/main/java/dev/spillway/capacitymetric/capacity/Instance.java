package dev.spillway.capacitymetric.capacity;

import dev.spillway.common.ecs.InstanceRoom;

/**
 * A container instance as it counts here.
 *
 * @param room what it has of CPU and memory, and what is free of it
 * @param gpus how many GPUs it has
 * @param freeGpus how many of them are free
 */
public record Instance(InstanceState state, InstanceRoom room, int gpus, int freeGpus) {

    /** How many containers of the size could be started on it now. */
    int holdsNow(ContainerSize size) {
        return size.timesIn(room.free(), freeGpus);
    }

    /** How many it would hold if nothing else ran on it. */
    int holdsEmpty(ContainerSize size) {
        return size.timesIn(room.registered(), gpus);
    }
}
