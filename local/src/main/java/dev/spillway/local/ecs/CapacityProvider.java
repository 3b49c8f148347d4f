package dev.spillway.local.ecs;

/**
 * A capacity provider of an Auto Scaling group, with managed scaling.
 *
 * @param name what strategies call it
 * @param groupName whose instances belong to it
 */
record CapacityProvider(String name, String groupName) {}
