package dev.spillway.taskstate.line;

import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.TaskId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom the looks of this warm function have let go into room that was seen, of those that CPU and memory do not decide
 * about. Who stands in the line all the same was refused by ECS, for a port, a network interface or a constraint that
 * nothing here tells of. Another copy of the function knows nothing of it, and lets them go once more.
 */
final class LetGo {

    private final Map<TaskId, Long> looks = new HashMap<>();
    private long look;

    /** Who was, and in which look the last time. */
    synchronized Map<TaskId, Long> before() {
        return Map.copyOf(looks);
    }

    /** Notes whom a look has let go. */
    synchronized void note(List<TaskIndex.Waiting> line, Collection<TaskId> next) {
        look++;
        Set<TaskId> goes = new HashSet<>(next);
        line.stream()
                .filter(task -> task.needs() != null && !task.needs().sizeDecides())
                .filter(task -> goes.contains(task.taskId()))
                .forEach(task -> looks.put(task.taskId(), look));
    }

    /** Forgets those that have left the line. */
    synchronized void keepOnly(List<TaskIndex.Waiting> line) {
        looks.keySet().retainAll(line.stream().map(TaskIndex.Waiting::taskId).collect(Collectors.toSet()));
    }
}
