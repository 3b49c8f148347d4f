package dev.spillway.local.ecs;

/**
 * The fixed things of a simulated world.
 *
 * @param region in every ARN
 * @param account in every ARN, twelve digits
 * @param startupTimes how long tasks take to start
 * @param fargateQuota the account's quota
 * @param seed of identifiers and of the placement strategy {@code random}; the same seed and the same calls give the
 *     same ARNs
 */
public record EcsSettings(
        String region, String account, StartupTimes startupTimes, FargateQuota fargateQuota, long seed) {

    /** Region us-east-1, account 000000000000, no start-up times, ample quota. */
    public static EcsSettings defaults() {
        return new EcsSettings("us-east-1", "000000000000", StartupTimes.NONE, FargateQuota.AMPLE, 1);
    }

    public EcsSettings withStartupTimes(StartupTimes times) {
        return new EcsSettings(region, account, times, fargateQuota, seed);
    }

    public EcsSettings withFargateQuota(FargateQuota quota) {
        return new EcsSettings(region, account, startupTimes, quota, seed);
    }

    public EcsSettings withSeed(long other) {
        return new EcsSettings(region, account, startupTimes, fargateQuota, other);
    }

    String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
    }
}
