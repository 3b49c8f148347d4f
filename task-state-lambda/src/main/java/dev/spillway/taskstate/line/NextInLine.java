package dev.spillway.taskstate.line;

import dev.spillway.common.ecs.InstanceRoom;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Chooses from the waiting line, in its order, those that plausibly fit into the room there is, so that RunTask's rate is
 * not spent on refusals. ECS has the last word: ports, attributes and constraints are its business. Of a task that CPU
 * and memory do not decide about, an instance is given no more than others of its type were seen to hold.
 *
 * <p>A task that fits nowhere now keeps the roomiest instance that could ever hold it for itself: those behind it may
 * use the others. So a large task is not starved by small ones, and does not hold up the whole line either. One that has
 * the CPU and memory and lacks something else keeps those, and no whole instance.
 */
final class NextInLine {

    private final SeenRoom seen;
    private final List<Slot> slots;
    private final List<TaskId> chosen = new ArrayList<>();
    private final List<Line.Probe> probing = new ArrayList<>();
    private int probesLeft;
    private int triesLeft;

    private NextInLine(SeenRoom seen, Luck luck) {
        this.seen = seen;
        this.slots = new ArrayList<>(seen.rooms().stream()
                .map(room -> new Slot(room, room.free(), room.tasks()))
                .toList());
        this.probesLeft = luck.probes();
        this.triesLeft = luck.tries();
    }

    /** What is left of an instance after those who go there. */
    private record Slot(InstanceRoom room, TaskSize free, int tasks) {
        Slot with(TaskSize size) {
            return new Slot(room, new TaskSize(free.cpu() - size.cpu(), free.memory() - size.memory()), tasks + 1);
        }
    }

    /** Those that may go into room that was seen, in the line's order. */
    static List<TaskId> choose(List<TaskIndex.Waiting> line, SeenRoom seen) {
        return look(line, seen, Luck.NONE).next();
    }

    /** Those that may go, and those that may ask for what is not a container instance. */
    static Line.Look look(List<TaskIndex.Waiting> line, SeenRoom seen, Luck luck) {
        NextInLine next = new NextInLine(seen, luck);
        line.forEach(next::consider);
        return new Line.Look(next.chosen, next.probing);
    }

    /** Whether there is room for anybody, if those before them are left out of account. */
    static boolean anyFits(List<TaskIndex.Waiting> line, SeenRoom seen) {
        return line.stream().anyMatch(task -> !choose(List.of(task), seen).isEmpty());
    }

    private void consider(TaskIndex.Waiting task) {
        TaskNeeds needs = task.needs();
        if (needs == null) {
            // What it needs is not known: it asks for all that it may have.
            if (mayProbe()) {
                chosen.add(task.taskId());
            }
            return;
        }
        Optional<Slot> fit = fullest(task, needs, slot -> needs.sizeDecides() || mayHoldMore(slot));
        if (fit.isPresent()) {
            take(fit.get(), needs.size());
            chosen.add(task.taskId());
            return;
        }
        Optional<Slot> ofItsSize = fullest(task, needs, slot -> true);
        if (ofItsSize.isPresent()) {
            take(ofItsSize.get(), needs.size());
            if (triesLeft-- > 0) {
                chosen.add(task.taskId());
                return;
            }
        } else {
            keepRoomiest(task, needs);
        }
        // Whether there is room on Fargate or Lambda, only asking tells.
        if (task.capacity().stream().anyMatch(NextInLine::isElsewhere) && mayProbe()) {
            probing.add(new Line.Probe(task.taskId(), roomiest(task)));
        }
    }

    /** As binpack does: the fullest instance that still holds it. */
    private Optional<Slot> fullest(TaskIndex.Waiting task, TaskNeeds needs, Predicate<Slot> which) {
        return slots.stream()
                .filter(slot -> wants(task, slot.room()) && slot.free().isAtLeast(needs.size()))
                .filter(which)
                .min(Comparator.comparingInt(slot -> slot.free().memory()));
    }

    private boolean mayHoldMore(Slot slot) {
        return seen.mayHoldMore(slot.room(), slot.tasks());
    }

    private void take(Slot slot, TaskSize size) {
        slots.set(slots.indexOf(slot), slot.with(size));
    }

    private void keepRoomiest(TaskIndex.Waiting task, TaskNeeds needs) {
        slots.stream()
                .filter(slot ->
                        wants(task, slot.room()) && slot.room().registered().isAtLeast(needs.size()))
                .max(Comparator.comparingInt(slot -> slot.free().memory()))
                .ifPresent(slots::remove);
    }

    private static boolean wants(TaskIndex.Waiting task, InstanceRoom room) {
        return task.capacity().stream().anyMatch(room::isOf);
    }

    private @Nullable TaskSize roomiest(TaskIndex.Waiting task) {
        return seen.rooms().stream()
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
