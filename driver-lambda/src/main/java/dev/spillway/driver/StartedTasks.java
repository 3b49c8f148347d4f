package dev.spillway.driver;

import dev.spillway.common.task.TaskId;
import java.util.List;

/** Finds ECS tasks by who started them. */
@FunctionalInterface
interface StartedTasks {

    /** The ARNs of the tasks that live and were started for the given one; ECS may lag some seconds behind. */
    List<String> startedBy(TaskId taskId);
}
