package dev.spillway.local.page;

import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.page.spend.Spend;
import java.util.Map;

/**
 * The moment it is.
 *
 * @param point what there is now
 * @param tasks how many tasks have each status; those that ended long ago are counted, too
 */
public record Now(About about, Point point, Map<TaskStatus, Integer> tasks, Spend spend) {
    public Now {
        tasks = Map.copyOf(tasks);
    }
}
