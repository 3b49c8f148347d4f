package dev.spillway.taskstate.line;

import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says who of the waiting line gives way to newcomers: they do not overtake those who wait, and one that waits for what
 * no instance gives would keep all of them from instances that have room. In the line itself it keeps its place.
 */
final class Standings {

    private Standings() {}

    /**
     * Those for whom the line says something else than what was seen.
     *
     * @param inVain whom ECS goes on to refuse
     */
    static List<Line.Standing> changes(List<TaskIndex.Waiting> line, SeenRoom seen, Set<TaskId> inVain) {
        // Without instances a newcomer finds none either, whoever stands before it.
        return seen.rooms().isEmpty()
                ? List.of()
                : line.stream()
                        .filter(TaskIndex.Waiting::mayUseInstances)
                        .map(task -> standing(task, seen, inVain))
                        .filter(Objects::nonNull)
                        .toList();
    }

    /** Null if nothing changes. */
    private static Line.@Nullable Standing standing(TaskIndex.Waiting task, SeenRoom seen, Set<TaskId> inVain) {
        String why = givesWay(task, seen, inVain);
        return (why != null) == task.givesWay() ? null : new Line.Standing(task.taskId(), why);
    }

    private static @Nullable String givesWay(TaskIndex.Waiting task, SeenRoom seen, Set<TaskId> inVain) {
        TaskNeeds needs = task.needs();
        if (needs == null) {
            return null;
        }
        boolean couldHold = seen.rooms().stream()
                .anyMatch(room -> Slots.wants(task, room) && room.registered().isAtLeast(needs.size()));
        if (!couldHold) {
            return "none of the instances could hold it even if it were empty; newcomers go past it";
        }
        return inVain.contains(task.taskId())
                ? "ECS goes on to refuse it where there is room; newcomers go past it"
                : null;
    }
}
