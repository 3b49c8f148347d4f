package dev.spillway.local.ec2;

import java.util.List;

/**
 * A Spot Fleet request of type {@code maintain}.
 *
 * @param id {@code sfr-…}
 * @param targetCapacity units
 * @param types what it may launch; they take turns
 * @param availabilityZones where; they take turns
 * @param boot how long its instances take
 */
public record SpotFleetSettings(
        String id, int targetCapacity, List<WeightedType> types, List<String> availabilityZones, BootTimes boot) {

    /**
     * An instance type and what it counts.
     *
     * @param instanceType for example {@code m5.large}
     * @param weight capacity units, at least 1
     */
    public record WeightedType(String instanceType, int weight) {
        public WeightedType {
            if (weight < 1) {
                throw new IllegalArgumentException("the weight of " + instanceType + " is " + weight + ", below 1");
            }
        }
    }

    public SpotFleetSettings {
        types = List.copyOf(types);
        availabilityZones = List.copyOf(availabilityZones);
        if (targetCapacity < 0 || types.isEmpty() || availabilityZones.isEmpty()) {
            throw new IllegalArgumentException("a Spot Fleet request has a target, instance types and zones");
        }
    }
}
