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
 * How often the looks of this warm function have let a task go that is in the line all the same, of those that CPU and
 * memory do not decide about: ECS has refused it for a port, a network interface or a constraint that nothing here tells
 * of. Another copy of the function has its own count.
 */
final class LetGo {

    /**
     * So often, one may have come too late, or the driver may not have come to it yet. After that, it is taken for one
     * that ECS will go on to refuse.
     */
    static final int IN_VAIN = 5;

    private final Map<TaskId, Integer> times = new HashMap<>();

    /** Those that were let go in vain. */
    synchronized Set<TaskId> inVain() {
        return times.entrySet().stream()
                .filter(entry -> entry.getValue() >= IN_VAIN)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Notes whom a look has let go. */
    synchronized void note(List<TaskIndex.Waiting> line, Collection<TaskId> next) {
        Set<TaskId> goes = new HashSet<>(next);
        line.stream()
                .filter(task -> task.needs() != null && !task.needs().sizeDecides())
                .filter(task -> goes.contains(task.taskId()))
                .forEach(task -> times.merge(task.taskId(), 1, Integer::sum));
    }

    /** Forgets those that have left the line. */
    synchronized void keepOnly(List<TaskIndex.Waiting> line) {
        times.keySet().retainAll(line.stream().map(TaskIndex.Waiting::taskId).collect(Collectors.toSet()));
    }
}
