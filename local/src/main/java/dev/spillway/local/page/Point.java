package dev.spillway.local.page;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was seen at one instant.
 *
 * @param live tasks that have not ended, by status
 * @param onCapacity tasks that are placed or run, by what they are on
 * @param oldestWait of the tasks that wait; zero if none does
 * @param paid dollars for container tasks and all they ran on so far, of what has a price
 * @param fargateAlone dollars that the same tasks would have cost on Fargate
 */
public record Point(
        Instant at,
        Map<TaskStatus, Integer> live,
        Map<CapacityType, Integer> onCapacity,
        Duration oldestWait,
        List<InstanceCount> instances,
        double paid,
        double fargateAlone) {

    public Point {
        live = Map.copyOf(live);
        onCapacity = Map.copyOf(onCapacity);
        instances = List.copyOf(instances);
    }
}
