package dev.spillway.capacitymetric;

import dev.spillway.common.function.Calls;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskIndex.Summary;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskSize;
import dev.spillway.common.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the tasks needed that ran on container instances: of each status the last 1,000 that were written. The
 * index by status does not hold sizes, so that each record of an instance's task is read.
 */
final class TasksOnInstances {

    private static final int NEWEST = 1_000;

    private static final int READS_AT_ONCE = 32;

    private static final List<TaskStatus> PLACED_ONCE = List.of(
            TaskStatus.PLACED,
            TaskStatus.RUNNING,
            TaskStatus.SUCCEEDED,
            TaskStatus.FAILED,
            TaskStatus.TIMED_OUT,
            TaskStatus.CANCELLED);

    private final TaskIndex index;
    private final TaskStore store;
    private final Executor executor;
    private final Duration window;

    /** @param window how long ago a task may have ended; one that is alive counts however long it has run */
    TasksOnInstances(TaskIndex index, TaskStore store, Executor executor, Duration window) {
        this.index = index;
        this.store = store;
        this.executor = executor;
        this.window = window;
    }

    /** The different sizes. */
    Set<TaskSize> sizes(Instant now) {
        Instant since = now.minus(window);
        Calls<Optional<TaskSize>> reading = new Calls<>(executor, READS_AT_ONCE);
        for (TaskStatus status : PLACED_ONCE) {
            for (Summary task : index.withStatus(status, NEWEST)) {
                boolean counts = !status.isEnd() || !task.updatedAt().isBefore(since);
                if (counts && isEc2(task.capacityType()) && !reading.haveFailed()) {
                    reading.begin(() -> size(task.taskId()));
                }
            }
        }
        return reading.results().stream().flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }

    /** A task can be over before it ran, with the capacity type that it was to have. */
    private Optional<TaskSize> size(TaskId taskId) {
        return store.find(taskId)
                .filter(record -> record.status().isOnCapacity() || record.startedAt() != null)
                .filter(record -> isEc2(record.capacityType()))
                .map(TaskRecord::needs)
                .map(TaskNeeds::size);
    }

    private static boolean isEc2(@Nullable CapacityType type) {
        return type != null && type.isEc2();
    }
}
