package dev.spillway.drain;

import org.jspecify.annotations.Nullable;

/**
 * An instance that has to go.
 *
 * @param group the Auto Scaling group whose lifecycle action waits for it; null if none does
 * @param unhealthy whether it goes because it did not pass Auto Scaling's health check
 */
record Going(String instanceId, @Nullable String group, boolean unhealthy) {}
