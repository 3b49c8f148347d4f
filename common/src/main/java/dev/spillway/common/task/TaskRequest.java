package dev.spillway.common.task;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an accepted message asks for. Two messages ask for the same when their requests are equal.
 *
 * @param container what to run on ECS; null when only a function is named
 * @param function what to invoke; null when only a task definition is named
 * @param capacity the fallback chain, never empty; holds only what the two above can use
 * @param priority 0 to 100; a waiting task of a higher one goes first
 * @param timeout the longest run, from the start of the containers; null for no limit
 * @param waitDeadline the longest wait for a place, counted anew when a place is lost; null for no limit
 */
public record TaskRequest(
        TaskId taskId,
        @Nullable ContainerWork container,
        @Nullable FunctionWork function,
        List<CapacityType> capacity,
        int priority,
        RetryPolicy retry,
        @Nullable Duration timeout,
        @Nullable Duration waitDeadline) {

    public static final int MAX_PRIORITY = 100;

    public TaskRequest {
        capacity = List.copyOf(capacity);
        if (container == null && function == null) {
            throw new IllegalArgumentException("a request names a task definition or a function");
        }
    }
}
