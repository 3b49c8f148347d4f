package dev.spillway.local.page.spend;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskSize;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task, or as much of it as there has been.
 *
 * @param capacityType what it ran on
 * @param size of a container task; null for a function, and if it is not known
 * @param functionMemory MiB of the function; empty for a container task, and if it is not known
 * @param time from its placement to its end
 */
public record Run(CapacityType capacityType, @Nullable TaskSize size, OptionalInt functionMemory, Duration time) {}
