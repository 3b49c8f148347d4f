package dev.spillway.common.ecs;

import dev.spillway.common.task.TaskId;
import java.util.Optional;

/**
 * The {@code startedBy} of the ECS tasks that Spillway starts: by it a task is known to be ours, and whose run it is. The
 * prefix keeps it apart from what others write there: a task of theirs that was named like one of our ids would be
 * stopped as a stray. ECS takes up to 128 letters, numbers, hyphens, slashes and underscores (API reference, RunTask).
 */
public final class StartedBy {

    private static final String PREFIX = "spillway/";

    private StartedBy() {}

    /** What the ECS tasks of the task are started with. */
    public static String of(TaskId taskId) {
        return PREFIX + taskId;
    }

    /** The task that an ECS task was started for; empty if somebody else has started it. */
    public static Optional<TaskId> taskId(String startedBy) {
        String id = startedBy.startsWith(PREFIX) ? startedBy.substring(PREFIX.length()) : "";
        return TaskId.isValid(id) ? Optional.of(new TaskId(id)) : Optional.empty();
    }
}
