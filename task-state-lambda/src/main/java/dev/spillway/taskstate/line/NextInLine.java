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
import org.jspecify.annotations.Nullable;

/**
 * Chooses from the waiting line, in its order, those that plausibly fit into the room there is, so that RunTask's rate is
 * not spent on refusals. ECS has the last word: ports, attributes and constraints are its business.
 *
 * <p>A task that fits nowhere now keeps the roomiest instance that could ever hold it for itself: those behind it may
 * use the others. So a large task is not starved by small ones, and does not hold up the whole line either.
 */
final class NextInLine {

    private final List<InstanceRoom> rooms;
    private final List<Slot> slots;
    private final List<TaskId> chosen = new ArrayList<>();
    private final List<WaitingLine.Probe> probing = new ArrayList<>();
    private int probesLeft;

    private NextInLine(List<InstanceRoom> rooms, int probes) {
        this.rooms = rooms;
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
        return look(line, rooms, probes).next();
    }

    /** Those that may go, and those that may ask for what is not a container instance. */
    static WaitingLine.Look look(List<TaskIndex.Waiting> line, List<InstanceRoom> rooms, int probes) {
        NextInLine next = new NextInLine(rooms, probes);
        line.forEach(next::consider);
        return new WaitingLine.Look(next.chosen, next.probing);
    }

    /** Whether there is room for anybody, if those before them are left out of account. */
    static boolean anyFits(List<TaskIndex.Waiting> line, List<InstanceRoom> rooms) {
        return line.stream().anyMatch(task -> !choose(List.of(task), rooms, 0).isEmpty());
    }

    private void consider(TaskIndex.Waiting task) {
        TaskSize size = task.size();
        if (size == null) {
            // What it needs is not known: it asks for all that it may have.
            if (mayProbe()) {
                chosen.add(task.taskId());
            }
            return;
        }
        // As binpack does: the fullest instance that still holds it.
        Optional<Slot> fit = slots.stream()
                .filter(slot -> wants(task, slot.room()) && slot.free().isAtLeast(size))
                .min(Comparator.comparingInt(slot -> slot.free().memory()));
        if (fit.isPresent()) {
            slots.set(slots.indexOf(fit.get()), fit.get().less(size));
            chosen.add(task.taskId());
            return;
        }
        slots.stream()
                .filter(slot ->
                        wants(task, slot.room()) && slot.room().registered().isAtLeast(size))
                .max(Comparator.comparingInt(slot -> slot.free().memory()))
                .ifPresent(slots::remove);
        // Whether there is room on Fargate or Lambda, only asking tells.
        if (task.capacity().stream().anyMatch(NextInLine::isElsewhere) && mayProbe()) {
            probing.add(new WaitingLine.Probe(task.taskId(), roomiest(task)));
        }
    }

    private static boolean wants(TaskIndex.Waiting task, InstanceRoom room) {
        return task.capacity().stream().anyMatch(room::isOf);
    }

    private @Nullable TaskSize roomiest(TaskIndex.Waiting task) {
        return rooms.stream()
                .filter(room -> wants(task, room))
                .map(InstanceRoom::free)
                .max(Comparator.comparingInt(TaskSize::memory).thenComparingInt(TaskSize::cpu))
                .orElse(null);
    }

    private boolean mayProbe() {
        return probesLeft-- > 0;
    }

    private static boolean isElsewhere(CapacityType type) {
        return !type.isEc2();
    }
}
