package dev.spillway.capacitymetric;

import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import java.util.Optional;
import java.util.function.Function;

/** A store that is only read: the function writes no records. */
record FindingStore(Function<TaskId, Optional<TaskRecord>> find) implements TaskStore {

    @Override
    public Creation create(TaskRecord first) {
        throw new AssertionError("written to: " + first.taskId());
    }

    @Override
    public Update update(TaskRecord next) {
        throw new AssertionError("written to: " + next.taskId());
    }

    @Override
    public Optional<TaskRecord> find(TaskId taskId) {
        return find.apply(taskId);
    }
}
