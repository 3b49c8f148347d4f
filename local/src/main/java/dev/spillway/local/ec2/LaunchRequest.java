package dev.spillway.local.ec2;

/**
 * A request for one instance.
 *
 * @param owner who asks: the name of an Auto Scaling group or the id of a Spot Fleet request; Spot capacity is set by owner
 * @param instanceType for example {@code m5.large}
 * @param kind how it is bought
 * @param availabilityZone where
 * @param boot how long it takes
 */
public record LaunchRequest(
        String owner, String instanceType, CapacityKind kind, String availabilityZone, BootTimes boot) {}
