package dev.spillway.local.ec2;

import java.time.Duration;

/**
 * How long an instance takes from its launch.
 *
 * @param running until EC2 shows it as running
 * @param joined until its agent has registered it with the cluster; not before it runs
 */
public record BootTimes(Duration running, Duration joined) {

    /** 23 s and 41 s (aws/amazon-ecs-agent#2309). */
    public static final BootTimes SEEN = new BootTimes(Duration.ofSeconds(23), Duration.ofSeconds(41));

    public BootTimes {
        if (running.isNegative() || joined.compareTo(running) < 0) {
            throw new IllegalArgumentException(
                    "an instance joins after it runs, not running after " + running + " and joined after " + joined);
        }
    }
}
