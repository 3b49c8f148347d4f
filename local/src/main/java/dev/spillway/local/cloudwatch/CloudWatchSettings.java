package dev.spillway.local.cloudwatch;

import java.time.Duration;
import software.amazon.awssdk.regions.Region;

/**
 * The fixed things of a simulated account.
 *
 * @param region in every ARN
 * @param account in every ARN, twelve digits
 * @param retention how long the sums of a minute are kept; older ones are forgotten, where AWS keeps them coarser
 * @param evaluationDelay how long after the full minute alarms are evaluated, less than a minute; data that comes later
 *     than that is missing at first
 */
public record CloudWatchSettings(String region, String account, Duration retention, Duration evaluationDelay) {

    /** Data points of one minute are kept for 15 days (CloudWatch user guide, "Metrics retention"). */
    public static final Duration RETENTION = Duration.ofDays(15);

    /** Not documented; alarms that were seen change their states some seconds after the minute. */
    public static final Duration EVALUATION_DELAY = Duration.ofSeconds(10);

    public CloudWatchSettings {
        if (!retention.isPositive()) {
            throw new IllegalArgumentException("retention must be positive, not " + retention);
        }
        if (evaluationDelay.isNegative() || evaluationDelay.compareTo(Duration.ofMinutes(1)) >= 0) {
            throw new IllegalArgumentException("evaluationDelay must be below a minute, not " + evaluationDelay);
        }
    }

    /** Region us-east-1, account 000000000000. */
    public static CloudWatchSettings defaults() {
        return new CloudWatchSettings("us-east-1", "000000000000", RETENTION, EVALUATION_DELAY);
    }

    public CloudWatchSettings withRetention(Duration other) {
        return new CloudWatchSettings(region, account, other, evaluationDelay);
    }

    String alarmArn(String alarmName) {
        return "arn:aws:cloudwatch:" + region + ":" + account + ":alarm:" + alarmName;
    }

    /** As notifications name it, for example {@code US East (N. Virginia)}. */
    String regionName() {
        return Region.of(region).metadata() == null
                ? region
                : Region.of(region).metadata().description();
    }
}
