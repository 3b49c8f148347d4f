package dev.spillway.common.store;

import dev.spillway.common.store.TaskIndex.Summary;
import dev.spillway.common.store.TaskIndex.Waiting;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Which record an index holds, and in what order, whatever the index is kept in. */
final class IndexRules {

    static final int MAX_LIMIT = 1_000;

    /** The longest overdue first. */
    static final Comparator<Due> BY_DUE = Comparator.comparing(Due::dueAt).thenComparing(Due::taskId);

    /** Highest priority first, then oldest; the id makes the order total. */
    static final Comparator<Waiting> IN_LINE = Comparator.comparingInt(Waiting::priority)
            .reversed()
            .thenComparing(Waiting::createdAt)
            .thenComparing(Waiting::taskId);

    /** Last updated first. */
    static final Comparator<Summary> NEWEST_FIRST =
            Comparator.comparing(Summary::updatedAt).reversed().thenComparing(Summary::taskId);

    /** When somebody has to look at a task again. */
    record Due(Instant dueAt, TaskId taskId) {}

    private IndexRules() {}

    /** When the task is due. An ended one never is: a due date left on it would bring it back in every sweep. */
    static Optional<Due> due(TaskRecord task) {
        return task.status().isEnd()
                ? Optional.empty()
                : Optional.ofNullable(task.dueAt()).map(at -> new Due(at, task.taskId()));
    }

    /** The task's place in the waiting line. */
    static Optional<Waiting> waiting(TaskRecord task) {
        TaskRequest request = task.request();
        boolean isInLine = task.status() == TaskStatus.WAITING && task.notBefore() == null;
        return isInLine && request != null
                ? Optional.of(new Waiting(
                        task.taskId(),
                        request.priority(),
                        task.createdAt(),
                        task.waitingSince(),
                        task.capacity(),
                        task.needs(),
                        task.givesWay()))
                : Optional.empty();
    }

    /** The task in a list of its status. */
    static Summary summary(TaskRecord task) {
        return new Summary(
                task.taskId(), task.status(), task.capacityType(), task.createdAt(), task.updatedAt(), task.reason());
    }

    /**
     * The limit itself.
     *
     * @throws IllegalArgumentException unless it is 1 to 1,000
     */
    static int checkLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("a limit is 1 to " + MAX_LIMIT + ", not " + limit);
        }
        return limit;
    }
}
