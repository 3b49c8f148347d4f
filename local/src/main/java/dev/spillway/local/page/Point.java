package dev.spillway.local.page;

import dev.spillway.common.task.CapacityType;
import java.time.Instant;
import java.util.Map;

/**
 * What was seen at one instant of what no metric tells.
 *
 * @param onCapacity tasks that are placed or run, by what they are on
 * @param paid dollars for container tasks and all they ran on so far, of what has a price
 * @param fargateAlone dollars that the same tasks would have cost on Fargate
 */
public record Point(Instant at, Map<CapacityType, Integer> onCapacity, double paid, double fargateAlone) {

    public Point {
        onCapacity = Map.copyOf(onCapacity);
    }
}
