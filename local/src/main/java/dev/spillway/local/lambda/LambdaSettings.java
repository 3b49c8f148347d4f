package dev.spillway.local.lambda;

import java.time.Duration;
import java.util.List;

/**
 * The fixed things of the simulated Lambda.
 *
 * @param region in every ARN
 * @param account in every ARN, twelve digits
 * @param retryDelays the waits before the second, third, … try of an asynchronous invocation that failed
 */
public record LambdaSettings(String region, String account, List<Duration> retryDelays) {

    public LambdaSettings {
        retryDelays = List.copyOf(retryDelays);
    }

    /** us-east-1, account 000000000000, two retries after one and two minutes (Lambda developer guide). */
    public static LambdaSettings defaults() {
        return new LambdaSettings("us-east-1", "000000000000", List.of(Duration.ofMinutes(1), Duration.ofMinutes(2)));
    }
}
