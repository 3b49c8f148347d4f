package dev.spillway.local.template;

import java.time.Duration;

/**
 * An ECS capacity provider of an Auto Scaling group, with managed scaling.
 *
 * @param groupName the group's name
 * @param targetCapacity how many percent of the instances shall be in use, 1–100
 * @param warmUp how long after its launch an instance is waited for
 * @param minimumStep the fewest instances that are launched at once
 * @param maximumStep the most instances that are launched at once
 * @param drains whether ECS drains an instance before it goes
 * @param protects whether ECS protects instances with tasks from scale-in
 */
public record CapacityProviderResource(
        String logicalId,
        String name,
        String groupName,
        int targetCapacity,
        Duration warmUp,
        int minimumStep,
        int maximumStep,
        boolean drains,
        boolean protects) {}
