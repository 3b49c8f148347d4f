package dev.spillway.driver.chain;

import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRequest;
import java.util.List;
import java.util.Optional;

/**
 * The head of the waiting line as a newcomer sees it: a newcomer does not take what somebody of the same or a higher
 * priority waits for, whatever their sizes. It waits too, and the line is released in its order. Only those who give way,
 * because no instance could hold them, keep nobody from the instances.
 *
 * @param line highest priority first, then oldest
 */
public record LineAhead(List<TaskIndex.Waiting> line) implements RecentRefusals {

    public LineAhead {
        line = List.copyOf(line);
    }

    @Override
    public Optional<Refusal> find(CapacityType type, TaskRequest request, Material.Ready material) {
        return line.stream()
                .filter(waiting -> waiting.priority() >= request.priority())
                .filter(waiting -> waiting.capacity().stream().anyMatch(wanted -> isSame(wanted, type)))
                .filter(waiting -> !(waiting.givesWay() && type.isEc2()))
                .findFirst()
                .map(waiting -> new Refusal.OthersFirst(type, waiting.taskId()));
    }

    /** Lambda has no line. Instances are the same capacity whichever kind of them is asked for. */
    private static boolean isSame(CapacityType wanted, CapacityType asked) {
        return asked != CapacityType.LAMBDA && (wanted == asked || (wanted.isEc2() && asked.isEc2()));
    }
}
