package dev.spillway.local.ec2;

/**
 * An instance whose agent is about to register it.
 *
 * @param instanceId {@code i-…}
 * @param instanceType for example {@code m5.large}
 * @param kind how it was bought
 * @param availabilityZone for example {@code us-east-1a}
 * @param owner the name of its Auto Scaling group, or the id of its Spot Fleet request
 */
public record BootedInstance(
        String instanceId, String instanceType, CapacityKind kind, String availabilityZone, String owner) {}
