package dev.spillway.taskstate;

import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hands waiting tasks to the driver. A release that is lost is made up for by the sweep. */
interface Releases {

    /** @param delay until the driver gets it; more than 15 minutes are cut to that, and the driver then finds it early */
    void release(TaskId taskId, Duration delay);

    /**
     * Lets a task ask for everything but container instances, which have no room for it.
     *
     * @param roomiest what is free on the roomiest instance that it may use; null if there is none
     */
    void probe(TaskId taskId, @Nullable TaskSize roomiest);
}
