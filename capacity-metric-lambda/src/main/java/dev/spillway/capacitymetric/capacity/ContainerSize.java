package dev.spillway.capacitymetric.capacity;

import dev.spillway.common.task.TaskSize;

/**
 * What a container takes of a container instance. Of what it takes nothing, it does not care how much there is.
 *
 * @param cpu CPU units, 1,024 = 1 vCPU
 * @param memory MiB
 * @param gpus GPUs, each of which one container has for itself
 */
public record ContainerSize(int cpu, int memory, int gpus) {

    /** @throws IllegalArgumentException if it takes nothing at all: no number of them would fill an instance */
    public ContainerSize {
        if (cpu < 0 || memory < 0 || gpus < 0 || (cpu == 0 && memory == 0 && gpus == 0)) {
            throw new IllegalArgumentException(
                    "no size of a container: " + cpu + " CPU units, " + memory + " MiB, " + gpus + " GPUs");
        }
    }

    /** How many fit into the given room side by side; none where something is overdrawn. */
    public int timesIn(TaskSize room, int gpusOfTheRoom) {
        return Math.min(Math.min(times(room.cpu(), cpu), times(room.memory(), memory)), times(gpusOfTheRoom, gpus));
    }

    private static int times(int there, int each) {
        if (each == 0) {
            return Integer.MAX_VALUE;
        }
        return Math.max(0, there) / each;
    }

    /** Whether wherever this one fits, the other one does too. */
    boolean covers(ContainerSize other) {
        return cpu >= other.cpu && memory >= other.memory && gpus >= other.gpus;
    }

    @Override
    public String toString() {
        return cpu + " CPU units, " + memory + " MiB" + (gpus == 0 ? "" : ", " + gpus + " GPUs");
    }
}
