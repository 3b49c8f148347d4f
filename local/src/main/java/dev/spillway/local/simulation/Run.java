package dev.spillway.local.simulation;

import java.time.Instant;

/**
 * A run that has started.
 *
 * @param taskId whose
 * @param id the ECS task's ARN, or the request id of the invocation
 */
public record Run(String taskId, String id, Instant startedAt) {}
