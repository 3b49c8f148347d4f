package dev.spillway.local.page;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.page.spend.Spend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The moment it is.
 *
 * @param tasks how many tasks have each status; those that ended long ago are counted, too
 * @param onCapacity tasks that are placed or run, by what they are on
 * @param oldestWait of the tasks that wait; zero if none does
 * @param instances that are up
 * @param spend so far
 */
public record Now(
        About about,
        Instant at,
        Map<TaskStatus, Integer> tasks,
        Map<CapacityType, Integer> onCapacity,
        Duration oldestWait,
        List<InstanceCount> instances,
        Spend spend) {

    public Now {
        tasks = Map.copyOf(tasks);
        onCapacity = Map.copyOf(onCapacity);
        instances = List.copyOf(instances);
    }
}
