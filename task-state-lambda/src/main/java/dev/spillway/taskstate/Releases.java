package dev.spillway.taskstate;

import dev.spillway.common.task.TaskId;
import java.time.Duration;

/** Hands waiting tasks to the driver. A release that is lost is made up for by the sweep. */
@FunctionalInterface
interface Releases {

    /** @param delay until the driver gets it; more than 15 minutes are cut to that, and the driver then finds it early */
    void release(TaskId taskId, Duration delay);
}
