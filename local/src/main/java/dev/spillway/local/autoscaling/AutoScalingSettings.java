package dev.spillway.local.autoscaling;

import java.time.Duration;

/**
 * The fixed things of a simulated Auto Scaling.
 *
 * @param region in every ARN
 * @param account in every ARN, twelve digits
 * @param reaction from a change of what a group should or does have to the launch or termination that follows
 * @param healthCheck from the end of an instance until its group notices
 * @param retry from a launch that failed to the next try
 * @param seed of identifiers
 */
public record AutoScalingSettings(
        String region, String account, Duration reaction, Duration healthCheck, Duration retry, long seed) {

    /**
     * Region us-east-1, account 000000000000. The times are not documented: published scaling activities begin 12 to 21 s
     * after what caused them, and failed launches are tried again about each minute.
     */
    public static AutoScalingSettings defaults() {
        return new AutoScalingSettings(
                "us-east-1", "000000000000", Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofMinutes(1), 1);
    }

    public AutoScalingSettings withSeed(long other) {
        return new AutoScalingSettings(region, account, reaction, healthCheck, retry, other);
    }

    /** For people who watch: shorter than on AWS. */
    public AutoScalingSettings withTimes(Duration toReact, Duration toNotice, Duration toRetry) {
        return new AutoScalingSettings(region, account, toReact, toNotice, toRetry, seed);
    }

    String arn(String resource) {
        return "arn:aws:autoscaling:" + region + ":" + account + ":" + resource;
    }
}
