package dev.spillway.common.task;

/**
 * What a task takes of a container instance, all its containers together.
 *
 * @param cpu CPU units, 1,024 = 1 vCPU
 * @param memory MiB
 */
public record TaskSize(int cpu, int memory) {

    /** Whether a task of this size would take at least as much of everything as one of the other size. */
    public boolean isAtLeast(TaskSize other) {
        return cpu >= other.cpu && memory >= other.memory;
    }

    @Override
    public String toString() {
        return cpu + " CPU units and " + memory + " MiB";
    }
}
