package dev.spillway.drain;

import org.jspecify.annotations.Nullable;

/**
 * An instance that has to go.
 *
 * @param group the Auto Scaling group whose lifecycle action waits for it; null if none does
 */
record Going(String instanceId, @Nullable String group) {}
