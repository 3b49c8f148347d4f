package dev.spillway.driver.chain;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a warm function remembers of "no room": for a few seconds, a task that needs at least as much as a refused one
 * is not sent to the same capacity type. A refusal for want of something else than CPU and memory says nothing but of
 * tasks that want the same. RunTask allows 40 calls a second in an account (ECS developer guide, "Request throttling");
 * a full cluster must not spend them on calls that are bound to be refused.
 */
public final class RefusalMemory {

    /** Long enough for the rest of a burst, too short for anybody to wait for. */
    public static final Duration AGE = Duration.ofSeconds(3);

    /** A handful of refusals says all; more would only be searched in vain. */
    private static final int MOST = 16;

    private final ConcurrentMap<CapacityType, List<Remembered>> refusals = new ConcurrentHashMap<>();

    /** @param of whom the refusal says something; null if it is all tasks of at least the size */
    private record Remembered(
            Refusal.NoRoom refusal, @Nullable Kind of, Instant until) {

        boolean holdsFor(Kind kind, TaskSize size, Instant now) {
            return now.isBefore(until)
                    && (of == null || of.equals(kind))
                    && refusal.asked() instanceof TaskSize asked
                    && size.isAtLeast(asked);
        }
    }

    /** Tasks that want the same of an instance beside CPU and memory. */
    private record Kind(String taskDefinition, List<Placement.Constraint> constraints) {
        static Kind of(ContainerWork work) {
            return new Kind(work.taskDefinition(), work.placement().constraints());
        }
    }

    /** What is remembered at the given instant. */
    public RecentRefusals at(Instant now) {
        return (type, request, material) -> find(type, request.container(), material.size(), now);
    }

    /**
     * Remembers a refusal: for all tasks if it was for want of CPU or memory; for tasks of the same definition and
     * constraints if it was for want of a port, a network interface, an attribute or a matching instance.
     */
    public void remember(Refusal.NoRoom refusal, TaskRequest request, Instant now) {
        ContainerWork work = request.container();
        if (work == null || refusal.asked() == null) {
            return;
        }
        boolean general = work.placement().constraints().isEmpty()
                && refusal.reasons().stream().allMatch(RefusalMemory::isAboutSize);
        Remembered fresh = new Remembered(refusal, general ? null : Kind.of(work), now.plus(AGE));
        refusals.merge(
                refusal.capacityType(),
                List.of(fresh),
                (old, added) -> Stream.concat(added.stream(), old.stream().filter(r -> now.isBefore(r.until())))
                        .limit(MOST)
                        .toList());
    }

    private Optional<Refusal> find(
            CapacityType type, @Nullable ContainerWork work, @Nullable TaskSize size, Instant now) {
        if (work == null || size == null) {
            return Optional.empty();
        }
        Kind kind = Kind.of(work);
        return refusals.getOrDefault(type, List.of()).stream()
                .filter(r -> r.holdsFor(kind, size, now))
                .findFirst()
                .map(r -> new Refusal.RefusedJustNow(r.refusal()));
    }

    private static boolean isAboutSize(String reason) {
        return reason.startsWith("RESOURCE:CPU")
                || reason.startsWith("RESOURCE:MEMORY")
                || reason.contains("Capacity is unavailable")
                || reason.contains("No Container Instances were found");
    }
}
