package dev.spillway.local.capacity;

import dev.spillway.local.autoscaling.AutoScalingSettings;
import dev.spillway.local.ec2.BootTimes;
import dev.spillway.local.ec2.Ec2Settings;
import java.time.Duration;

/**
 * How fast EC2 and Auto Scaling are.
 *
 * @param boot of an instance
 * @param spotNotice how long a Spot Instance still runs after its interruption warning
 * @param shutdown how long an instance shuts down
 * @param reaction of a group to what it should have
 * @param healthCheck until a group notices that an instance is gone
 * @param retry from a launch that failed to the next try
 * @param drainLook until ECS sees that the last task of an instance that drains has ended
 */
public record Pace(
        BootTimes boot,
        Duration spotNotice,
        Duration shutdown,
        Duration reaction,
        Duration healthCheck,
        Duration retry,
        Duration drainLook) {

    /** As AWS was seen to be. */
    public static final Pace AWS = new Pace(
            BootTimes.SEEN,
            Ec2Settings.SPOT_NOTICE,
            Duration.ofSeconds(22),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofSeconds(10));

    /** For a person who watches: what takes AWS minutes takes less than a second. */
    public static final Pace WATCHED = new Pace(
            new BootTimes(Duration.ofMillis(200), Duration.ofMillis(400)),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofMillis(200));

    Ec2Settings ec2(long seed) {
        return Ec2Settings.defaults().withTimes(spotNotice, shutdown).withSeed(seed);
    }

    AutoScalingSettings autoScaling(long seed) {
        return AutoScalingSettings.defaults()
                .withTimes(reaction, healthCheck, retry)
                .withSeed(seed);
    }
}
