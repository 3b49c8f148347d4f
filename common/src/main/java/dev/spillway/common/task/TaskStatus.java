package dev.spillway.common.task;

import java.util.EnumSet;
import java.util.Set;

/** Where a task is on its way. {@link #canBecome} is the whole life cycle. */
public enum TaskStatus {
    /** A driver has claimed the task and is asking AWS for a place. */
    LAUNCHING,
    /** No place now, or a retry that is not due yet; the reason says which. */
    WAITING,
    /** AWS has accepted the task. */
    PLACED,
    /** The task's containers, or its function, have started. */
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    CANCELLED,
    /** The message could not be accepted, and nothing was started. */
    REJECTED;

    private static final Set<TaskStatus> ENDED = EnumSet.of(SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, REJECTED);

    /** Whether nothing more will happen to the task. */
    public boolean isEnd() {
        return ENDED.contains(this);
    }

    /** Whether an ECS task or a function invocation may be alive under this status. */
    public boolean isOnCapacity() {
        return this == PLACED || this == RUNNING;
    }

    /**
     * Whether a record may go from this status to the next. Staying is allowed while the task lives: a new fact, such
     * as a renewed lease, does not always change the status.
     */
    public boolean canBecome(TaskStatus next) {
        return switch (this) {
            case LAUNCHING -> next != REJECTED;
            // A launch whose answer was lost waits to be asked again; its ECS task can show itself by an event first.
            case WAITING -> next != REJECTED;
            case PLACED, RUNNING -> next != LAUNCHING && next != REJECTED && !(this == RUNNING && next == PLACED);
            case SUCCEEDED, FAILED, TIMED_OUT, CANCELLED -> false;
            // Nothing was ever started under a rejected id: a corrected message begins anew under it.
            case REJECTED -> next == LAUNCHING || next == WAITING || next == FAILED;
        };
    }
}
