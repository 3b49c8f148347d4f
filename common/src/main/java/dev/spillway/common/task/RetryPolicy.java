package dev.spillway.common.task;

import java.util.List;

/**
 * How often a job may run, and which of its ends are worth another run. Losses of infrastructure are not counted here:
 * they never spend an attempt.
 *
 * @param attempts the most runs, 1 to 10
 * @param rules looked at in order, the first that matches decides; without a match a failure is retried
 */
public record RetryPolicy(int attempts, List<RetryRule> rules) {

    public static final int MAX_ATTEMPTS = 10;
    public static final int MAX_RULES = 20;

    /** One run, no retry. */
    public static final RetryPolicy NONE = new RetryPolicy(1, List.of());

    public RetryPolicy {
        rules = List.copyOf(rules);
    }
}
