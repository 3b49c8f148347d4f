package dev.spillway.common.store;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for tasks by something else than their id. Answers may be some seconds old: read the record, and write it
 * conditionally, before acting on one.
 */
public interface TaskIndex {

    /** Tasks whose {@code dueAt} has passed, the longest overdue first, at most {@code limit} (1 to 1,000). */
    List<TaskId> due(Instant now, int limit);

    /**
     * The head of the waiting line: highest priority first, then oldest; at most {@code limit} (1 to 1,000). A task
     * with a {@code notBefore} is not in the line: it is {@link #due} when that has come.
     */
    List<Waiting> waiting(int limit);

    /**
     * The whole waiting line, in its order, read a page at a time: who leaves or joins the line meanwhile may or may not
     * be in it.
     */
    Stream<Waiting> wholeLine();

    /** Tasks of a status, last updated first, at most {@code limit} (1 to 1,000). */
    List<Summary> withStatus(TaskStatus status, int limit);

    /**
     * A place in the waiting line.
     *
     * @param priority 0 to 100
     * @param createdAt the age that orders tasks of the same priority
     * @param waitingSince since when it has wanted a place; later than its age where a place was lost
     * @param capacity what it may run on, in its order: its fallback chain, without those that cannot run it as far as
     *     that is known
     * @param needs null if they are not known yet
     * @param givesWay whether newcomers may go past it, see {@link dev.spillway.common.task.TaskRecord#givesWay}
     */
    record Waiting(
            TaskId taskId,
            int priority,
            Instant createdAt,
            Instant waitingSince,
            List<CapacityType> capacity,
            @Nullable TaskNeeds needs,
            boolean givesWay) {

        /** Whether container instances are among what it may run on. */
        public boolean mayUseInstances() {
            return capacity.stream().anyMatch(CapacityType::isEc2);
        }
    }

    /** One line of a list of tasks. */
    record Summary(
            TaskId taskId,
            TaskStatus status,
            @Nullable CapacityType capacityType,
            Instant createdAt,
            Instant updatedAt,
            @Nullable String reason) {}
}
