package dev.spillway.local.ec2;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one instance has cost time: from its launch until it began to shut down, which is when EC2 stops to bill it (EC2
 * user guide, "Instance lifecycle").
 *
 * @param instanceId {@code i-…}
 * @param owner the Auto Scaling group or the Spot Fleet request that launched it
 * @param instanceType for example {@code m5.large}
 * @param kind how it was bought
 * @param launchedAt when
 * @param endedAt empty while it runs
 * @param runningTime so far
 */
public record InstanceUse(
        String instanceId,
        String owner,
        String instanceType,
        CapacityKind kind,
        Instant launchedAt,
        Optional<Instant> endedAt,
        Duration runningTime) {}
