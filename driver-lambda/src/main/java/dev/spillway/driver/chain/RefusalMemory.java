package dev.spillway.driver.chain;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
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
 * is not sent to the same capacity type. RunTask allows 40 calls a second in an account (ECS developer guide, "Request
 * throttling"); a full cluster must not spend them on calls that are bound to be refused.
 */
public final class RefusalMemory {

    /** Long enough for the rest of a burst, too short for anybody to wait for. */
    public static final Duration AGE = Duration.ofSeconds(3);

    /** A handful of sizes says all; more would only be searched in vain. */
    private static final int MAX_SIZES = 8;

    private final ConcurrentMap<CapacityType, List<Remembered>> refusals = new ConcurrentHashMap<>();

    private record Remembered(Refusal.NoRoom refusal, Instant until) {}

    /** What is remembered at the given instant. */
    public RecentRefusals at(Instant now) {
        return (type, request, material) -> find(type, material.size(), now);
    }

    /**
     * Remembers a refusal, if it says something about other tasks too: one for want of CPU or memory does, one for want
     * of a port, an attribute or a matching instance does not.
     */
    public void remember(Refusal.NoRoom refusal, TaskRequest request, Instant now) {
        ContainerWork work = request.container();
        boolean general = work != null
                && work.placement().constraints().isEmpty()
                && refusal.asked() != null
                && refusal.reasons().stream().allMatch(RefusalMemory::isAboutSize);
        if (!general) {
            return;
        }
        Remembered fresh = new Remembered(refusal, now.plus(AGE));
        refusals.merge(
                refusal.capacityType(),
                List.of(fresh),
                (old, added) -> Stream.concat(added.stream(), old.stream().filter(r -> now.isBefore(r.until())))
                        .limit(MAX_SIZES)
                        .toList());
    }

    private Optional<Refusal> find(CapacityType type, @Nullable TaskSize size, Instant now) {
        if (size == null) {
            return Optional.empty();
        }
        return refusals.getOrDefault(type, List.of()).stream()
                .filter(r -> now.isBefore(r.until()))
                .filter(r -> r.refusal().asked() instanceof TaskSize asked && size.isAtLeast(asked))
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
