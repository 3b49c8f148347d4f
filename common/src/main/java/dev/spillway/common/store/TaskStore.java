package dev.spillway.common.store;

import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of the tasks, one by one. A write that was made but whose answer was lost, and which is therefore made
 * again, is answered as the success that it is. Two writers of equal records are therefore both told that they wrote: who
 * acts on it has to put something of its own into the record, as {@link TaskRecord#claim} is.
 *
 * <p>Instants are kept to the microsecond, {@code expiresAt} to the second, a reason and a line of history to 1,024 bytes
 * of UTF-8. The record in an answer is the one that is kept: go on from it, not from the one handed in.
 */
public interface TaskStore {

    /** Writes a first record, with {@link TaskRecord#version} 1, unless its task has one already. */
    Creation create(TaskRecord first);

    /** Writes the next record of a task, provided that nobody has written since {@code next.version()} was read. */
    Update update(TaskRecord next);

    /** The record as of the last write that was answered. */
    Optional<TaskRecord> find(TaskId taskId);

    /** The answer to {@link #create}. */
    sealed interface Creation {

        /** Written; the record carries its new version. */
        record Created(TaskRecord record) implements Creation {}

        /** Not written: the task has this record. */
        record Exists(TaskRecord current) implements Creation {}
    }

    /** The answer to {@link #update}. */
    sealed interface Update {

        /** Written; the record carries its new version. */
        record Updated(TaskRecord record) implements Update {}

        /** Not written: this is the record now; null if there is none any more. */
        record Conflict(@Nullable TaskRecord current) implements Update {}
    }
}
