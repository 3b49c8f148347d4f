package dev.spillway.local.ec2;

import java.time.Duration;

/**
 * The fixed things of a simulated EC2.
 *
 * @param region in every ARN
 * @param account in every ARN, twelve digits
 * @param spotNotice how long a Spot Instance still runs after its interruption warning
 * @param shutdown how long an instance shuts down
 * @param seed of identifiers and of the choice of Spot Instances that are taken back
 */
public record Ec2Settings(String region, String account, Duration spotNotice, Duration shutdown, long seed) {

    /** Two minutes (EC2 user guide, "Spot Instance interruption notices"). */
    public static final Duration SPOT_NOTICE = Duration.ofMinutes(2);

    /** Not documented; the example in Auto Scaling's user guide shows 22 s from the decision to the end. */
    private static final Duration SHUTDOWN = Duration.ofSeconds(22);

    /** Region us-east-1, account 000000000000. */
    public static Ec2Settings defaults() {
        return new Ec2Settings("us-east-1", "000000000000", SPOT_NOTICE, SHUTDOWN, 1);
    }

    public Ec2Settings withSeed(long other) {
        return new Ec2Settings(region, account, spotNotice, shutdown, other);
    }

    /** For people who watch: shorter than on AWS. */
    public Ec2Settings withTimes(Duration notice, Duration shutdownTime) {
        return new Ec2Settings(region, account, notice, shutdownTime, seed);
    }
}
