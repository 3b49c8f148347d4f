package dev.spillway.local.autoscaling;

import java.time.Duration;

/**
 * A target tracking scaling policy of a metric that another service brings.
 *
 * @param arn of the policy
 * @param name of the policy
 * @param group its group's name
 * @param target what the metric is to be, above 0
 * @param warmup from being in service until an instance is part of the current capacity
 */
record TargetPolicy(String arn, String name, String group, double target, Duration warmup) {}
