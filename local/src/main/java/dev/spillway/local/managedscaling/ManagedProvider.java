package dev.spillway.local.managedscaling;

import java.time.Duration;

/**
 * The capacity provider of an Auto Scaling group, with managed scaling (ECS API reference, AutoScalingGroupProvider).
 *
 * @param name what strategies call it
 * @param groupName the group
 * @param instanceType of the group's instances
 * @param targetCapacity how many percent of the instances shall be in use, 1–100
 * @param warmUp how long after its launch an instance is waited for
 * @param minimumStep the fewest instances that are launched at once
 * @param maximumStep the most instances that are launched at once
 * @param protects whether instances with tasks are protected from scale-in
 */
public record ManagedProvider(
        String name,
        String groupName,
        String instanceType,
        int targetCapacity,
        Duration warmUp,
        int minimumStep,
        int maximumStep,
        boolean protects) {}
