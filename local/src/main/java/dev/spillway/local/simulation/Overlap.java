package dev.spillway.local.simulation;

import java.time.Instant;
import java.util.Set;

/**
 * Two runs of one task at the same time.
 *
 * @param ids all that were alive then; an ECS task is, from its placement until it has stopped
 */
public record Overlap(String taskId, Set<String> ids, Instant at) {
    public Overlap {
        ids = Set.copyOf(ids);
    }
}
