package dev.spillway.taskstate.line;

import dev.spillway.common.ecs.InstanceRoom;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is left of the instances after those who were let go in a look. */
final class Slots {

    private final List<Slot> slots;

    Slots(SeenRoom seen) {
        slots = new ArrayList<>(seen.rooms().stream()
                .map(room -> new Slot(room, room.free(), room.tasks()))
                .toList());
    }

    /** What is left of an instance after those who go there. */
    record Slot(InstanceRoom room, TaskSize free, int tasks) {
        private Slot with(TaskSize size) {
            return new Slot(room, new TaskSize(free.cpu() - size.cpu(), free.memory() - size.memory()), tasks + 1);
        }
    }

    /** As binpack does: the fullest instance that still holds the task. */
    Optional<Slot> fullest(TaskIndex.Waiting task, TaskNeeds needs, Predicate<Slot> which) {
        return slots.stream()
                .filter(slot -> wants(task, slot.room()) && slot.free().isAtLeast(needs.size()))
                .filter(which)
                .min(Comparator.comparingInt(slot -> slot.free().memory()));
    }

    /** Lets a task of the size go there. */
    void take(Slot slot, TaskSize size) {
        slots.set(slots.indexOf(slot), slot.with(size));
    }

    /** Keeps the roomiest instance that could ever hold the task for it alone. */
    void keepRoomiest(TaskIndex.Waiting task, TaskNeeds needs) {
        slots.stream()
                .filter(slot ->
                        wants(task, slot.room()) && slot.room().registered().isAtLeast(needs.size()))
                .max(Comparator.comparingInt(slot -> slot.free().memory()))
                .ifPresent(slots::remove);
    }

    static boolean wants(TaskIndex.Waiting task, InstanceRoom room) {
        return task.capacity().stream().anyMatch(room::isOf);
    }
}
