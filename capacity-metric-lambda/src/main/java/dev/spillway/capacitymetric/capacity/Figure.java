package dev.spillway.capacitymetric.capacity;

import org.jspecify.annotations.Nullable;

/**
 * One value of a metric.
 *
 * @param part what of the cluster it is about; null for all of it
 */
public record Figure(String name, @Nullable Part part, double value, Unit unit) {

    /** What a value is counted in. */
    public enum Unit {
        COUNT,
        PERCENT,
        SECONDS
    }

    /**
     * A part of the cluster.
     *
     * @param dimension {@code CapacityType} or {@code State}
     */
    public record Part(String dimension, String value) {}

    /** The name under which it stands in the log. */
    public String label() {
        return part == null ? name : name + "." + part.value();
    }
}
