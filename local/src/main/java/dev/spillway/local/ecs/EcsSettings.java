package dev.spillway.local.ecs;

import java.time.Duration;

/**
 * The fixed things of a simulated world.
 *
 * @param region in every ARN
 * @param account in every ARN, twelve digits
 * @param startupTimes how long tasks take to start
 * @param fargateQuota the account's quota
 * @param spotNotice how long a Spot Instance still runs after its interruption warning
 * @param seed of identifiers and of the placement strategy {@code random}; the same seed and the same calls give the
 *     same ARNs
 */
public record EcsSettings(
        String region,
        String account,
        StartupTimes startupTimes,
        FargateQuota fargateQuota,
        Duration spotNotice,
        long seed) {

    /** Two minutes (EC2 user guide, "Spot Instance interruption notices"). */
    public static final Duration SPOT_NOTICE = Duration.ofMinutes(2);

    /** Region us-east-1, account 000000000000, no start-up times, ample quota. */
    public static EcsSettings defaults() {
        return new EcsSettings("us-east-1", "000000000000", StartupTimes.NONE, FargateQuota.AMPLE, SPOT_NOTICE, 1);
    }

    public EcsSettings withStartupTimes(StartupTimes times) {
        return new EcsSettings(region, account, times, fargateQuota, spotNotice, seed);
    }

    public EcsSettings withFargateQuota(FargateQuota quota) {
        return new EcsSettings(region, account, startupTimes, quota, spotNotice, seed);
    }

    /** For people who watch: a world with a shorter notice than AWS gives. */
    public EcsSettings withSpotNotice(Duration notice) {
        return new EcsSettings(region, account, startupTimes, fargateQuota, notice, seed);
    }

    public EcsSettings withSeed(long other) {
        return new EcsSettings(region, account, startupTimes, fargateQuota, spotNotice, other);
    }

    String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
    }
}
