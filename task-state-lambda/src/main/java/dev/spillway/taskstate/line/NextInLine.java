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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses from the waiting line, in its order, those that plausibly fit into the room there is, so that RunTask's rate is
 * not spent on refusals. ECS has the last word: ports, attributes and constraints are its business. Of a task that CPU
 * and memory do not decide about, an instance is given no more than others of its type were seen to hold.
 *
 * <p>A task that fits nowhere now keeps the roomiest instance that could ever hold it for itself: those behind it may
 * use the others. So a large task is not starved by small ones, and does not hold up the whole line either. One that has
 * the CPU and memory and lacks something else keeps those, and no whole instance.
 *
 * <p>One that was let go again and again, and waits all the same, is still let go, and keeps nothing from those behind it:
 * they go as if it were not there. So a task that ECS will always refuse, for a constraint that no instance meets, costs a call
 * now and then, and starves nobody.
 */
final class NextInLine {

    /** Each is a message to send, and a call of RunTask, of which an account has 40 a second. */
    static final int MOST = 500;

    private final SeenRoom seen;
    private final Set<TaskId> inVain;
    private final Slots slots;
    private final Slots slotsOfRefused;
    private final Probes probes;
    private final List<TaskId> chosen = new ArrayList<>();
    private final List<Line.Probe> probing = new ArrayList<>();
    private final List<TaskId> maybe = new ArrayList<>();

    private NextInLine(SeenRoom seen, Luck luck, Set<TaskId> inVain) {
        this.seen = seen;
        this.inVain = inVain;
        this.slots = new Slots(seen);
        this.slotsOfRefused = new Slots(seen);
        this.probes = new Probes(luck.probes());
    }

    /**
     * Those that may go into room that was seen, in the line's order.
     *
     * @param inVain who was let go often enough, and waits all the same
     */
    static List<TaskId> choose(List<TaskIndex.Waiting> line, SeenRoom seen, Set<TaskId> inVain) {
        return look(line, seen, Luck.NONE, inVain).next();
    }

    /** Those that may go, and those that may ask for what is not a container instance. */
    static Line.Look look(List<TaskIndex.Waiting> line, SeenRoom seen, Luck luck, Set<TaskId> inVain) {
        NextInLine next = new NextInLine(seen, luck, inVain);
        line.stream().takeWhile(task -> next.chosen.size() < MOST).forEach(next::consider);
        next.tryLuck(luck.tries());
        return new Line.Look(next.chosen, next.probing);
    }

    /** Whether there is room for anybody, if those before them are left out of account. */
    static boolean anyFits(List<TaskIndex.Waiting> line, SeenRoom seen) {
        return line.stream()
                .anyMatch(task -> !choose(List.of(task), seen, Set.of()).isEmpty());
    }

    private void consider(TaskIndex.Waiting task) {
        TaskNeeds needs = task.needs();
        if (needs == null) {
            // What it needs is not known: it asks for all that it may have.
            if (probes.take(task.capacity())) {
                chosen.add(task.taskId());
            }
            return;
        }
        if (findsRoom(task, needs, inVain.contains(task.taskId()) ? slotsOfRefused : slots)) {
            chosen.add(task.taskId());
            return;
        }
        // Whether there is room on Fargate or Lambda, only asking tells.
        List<CapacityType> elsewhere =
                task.capacity().stream().filter(type -> !type.isEc2()).toList();
        if (probes.take(elsewhere)) {
            probing.add(new Line.Probe(task.taskId(), roomiest(task)));
        }
    }

    private boolean findsRoom(TaskIndex.Waiting task, TaskNeeds needs, Slots left) {
        Optional<Slots.Slot> fit = left.fullest(task, needs, slot -> needs.sizeDecides() || mayHoldMore(slot));
        if (fit.isPresent()) {
            left.take(fit.get(), needs.size());
            return true;
        }
        Optional<Slots.Slot> ofItsSize = left.fullest(task, needs, slot -> true);
        if (ofItsSize.isPresent()) {
            left.take(ofItsSize.get(), needs.size());
            maybe.add(task.taskId());
        } else {
            left.keepRoomiest(task, needs);
        }
        return false;
    }

    /** One that ECS goes on to refuse would else have every try. */
    private void tryLuck(int tries) {
        maybe.stream()
                .sorted(Comparator.comparing(inVain::contains))
                .limit(tries)
                .forEach(taskId -> {
                    chosen.add(taskId);
                    probing.removeIf(probe -> probe.taskId().equals(taskId));
                });
    }

    private boolean mayHoldMore(Slots.Slot slot) {
        return seen.mayHoldMore(slot.room(), slot.tasks());
    }

    private @Nullable TaskSize roomiest(TaskIndex.Waiting task) {
        return seen.rooms().stream()
                .filter(room -> Slots.wants(task, room))
                .map(InstanceRoom::free)
                .max(Comparator.comparingInt(TaskSize::memory).thenComparingInt(TaskSize::cpu))
                .orElse(null);
    }
}
