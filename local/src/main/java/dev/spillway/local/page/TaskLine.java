package dev.spillway.local.page;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table of tasks.
 *
 * @param startedAt of the run that is under way or was the last
 */
public record TaskLine(
        String taskId,
        String status,
        @Nullable String capacityType,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant stoppedAt,
        @Nullable Integer exitCode,
        @Nullable String reason) {}
