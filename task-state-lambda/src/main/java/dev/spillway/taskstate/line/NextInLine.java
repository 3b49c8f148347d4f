package dev.spillway.taskstate.line;

import dev.spillway.common.ecs.InstanceRoom;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses from the waiting line, in its order, those that plausibly fit into the room there is, so that RunTask's rate is
 * not spent on refusals. ECS has the last word: ports, attributes and constraints are its business.
 *
 * <p>A task that fits nowhere now keeps the roomiest instance that could ever hold it for itself: those behind it may
 * use the others. So a large task is not starved by small ones, and does not hold up the whole line either.
 */
final class NextInLine {

    private final List<Slot> slots;
    private final List<TaskId> chosen = new ArrayList<>();
    private int probesLeft;

    private NextInLine(List<InstanceRoom> rooms, int probes) {
        this.slots = new ArrayList<>(
                rooms.stream().map(room -> new Slot(room, room.free())).toList());
        this.probesLeft = probes;
    }

    private record Slot(InstanceRoom room, TaskSize free) {
        Slot less(TaskSize size) {
            return new Slot(room, new TaskSize(free.cpu() - size.cpu(), free.memory() - size.memory()));
        }
    }

    /** Those that may go, in the line's order. */
    static List<TaskId> choose(List<TaskIndex.Waiting> line, List<InstanceRoom> rooms, int probes) {
        NextInLine next = new NextInLine(rooms, probes);
        line.forEach(next::consider);
        return List.copyOf(next.chosen);
    }

    /** Whether there is room for anybody, if those before them are left out of account. */
    static boolean anyFits(List<TaskIndex.Waiting> line, List<InstanceRoom> rooms) {
        return line.stream().anyMatch(task -> !choose(List.of(task), rooms, 0).isEmpty());
    }

    private void consider(TaskIndex.Waiting task) {
        TaskSize size = task.size();
        if (size == null) {
            probe(task);
            return;
        }
        // As binpack does: the fullest instance that still holds it.
        Optional<Slot> fit = slots.stream()
                .filter(slot -> wants(task, slot) && slot.free().isAtLeast(size))
                .min(Comparator.comparingInt(slot -> slot.free().memory()));
        if (fit.isPresent()) {
            slots.set(slots.indexOf(fit.get()), fit.get().less(size));
            chosen.add(task.taskId());
            return;
        }
        slots.stream()
                .filter(slot -> wants(task, slot) && slot.room().registered().isAtLeast(size))
                .max(Comparator.comparingInt(slot -> slot.free().memory()))
                .ifPresent(slots::remove);
        probe(task);
    }

    private static boolean wants(TaskIndex.Waiting task, Slot slot) {
        return task.capacity().stream().anyMatch(slot.room()::isOf);
    }

    /** Whether there is room on Fargate or Lambda, only asking tells. */
    private void probe(TaskIndex.Waiting task) {
        boolean elsewhere = task.size() == null || task.capacity().stream().anyMatch(NextInLine::isElsewhere);
        if (elsewhere && probesLeft > 0) {
            probesLeft--;
            chosen.add(task.taskId());
        }
    }

    private static boolean isElsewhere(CapacityType type) {
        return !type.isEc2();
    }
}
