package dev.spillway.capacitymetric.capacity;

import dev.spillway.common.store.TaskIndex.Waiting;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskSize;
import dev.spillway.common.task.Timings;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of the waiting line. Those that only wait for their next try's time to come are not in it.
 *
 * @param all how many there are
 * @param forInstances how many of them would take a container instance; the others call for none, however long they wait
 * @param forSpot how many of these would take a Spot Instance; a Spot group that grows is of no use to the others
 * @param oldest since when the one waits that has waited longest; empty if nobody waits
 * @param sizes what those that would take a container instance need, as far as it is known
 */
public record WaitingTasks(long all, long forInstances, long forSpot, Optional<Instant> oldest, Set<TaskSize> sizes) {

    private static final Set<CapacityType> SPOT = Set.of(CapacityType.EC2, CapacityType.EC2_SPOT);

    public WaitingTasks {
        sizes = Set.copyOf(sizes);
    }

    /**
     * Sums up the whole line. It has to be the whole: the line is ordered by priority first, so that the oldest may be
     * anywhere in it.
     */
    public static WaitingTasks of(Stream<Waiting> line) {
        long all = 0;
        long forInstances = 0;
        long forSpot = 0;
        @Nullable Instant oldest = null;
        Set<TaskSize> sizes = new HashSet<>();
        for (Iterator<Waiting> rest = line.iterator(); rest.hasNext(); ) {
            Waiting task = rest.next();
            all++;
            oldest = oldest == null ? task.waitingSince() : Timings.earlier(oldest, task.waitingSince());
            if (task.mayUseInstances()) {
                forInstances++;
                forSpot += task.capacity().stream().anyMatch(SPOT::contains) ? 1 : 0;
                TaskNeeds needs = task.needs();
                if (needs != null) {
                    sizes.add(needs.size());
                }
            }
        }
        return new WaitingTasks(all, forInstances, forSpot, Optional.ofNullable(oldest), sizes);
    }
}
