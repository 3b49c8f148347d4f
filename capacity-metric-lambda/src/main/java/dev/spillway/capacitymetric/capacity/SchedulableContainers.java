package dev.spillway.capacitymetric.capacity;

import java.util.Collection;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * How many containers of the largest size still fit, and how many one instance holds. Only instances count that take
 * tasks: ACTIVE, with their agent connected.
 *
 * <p>With several largest sizes the least favourable one counts, for each figure by itself: the least that still fits,
 * and the most that one instance holds. Without any one instance, therefore, at most {@link #perInstance} fewer fit,
 * whichever instance it is. Scaling in by one rests on that.
 */
public final class SchedulableContainers {

    private SchedulableContainers() {}

    /** How many of the largest could be started now on the instances that the predicate takes. */
    public static long count(Collection<Instance> instances, LargestSizes largest, Predicate<Instance> which) {
        return largest.sizes().stream()
                .mapToLong(size -> instances.stream()
                        .filter(instance -> instance.state() == InstanceState.ACTIVE)
                        .filter(which)
                        .mapToLong(instance -> instance.holdsNow(size))
                        .sum())
                .min()
                .orElseThrow();
    }

    /**
     * The most that one of the instances holds when it is empty. There is no such figure without an instance that takes
     * tasks, nor where none of them holds even one: it would be 0, and to have more than 0 to spare would then say that
     * an instance can go, when what it says is that nothing fits.
     */
    public static OptionalInt perInstance(Collection<Instance> instances, LargestSizes largest) {
        return instances.stream()
                .filter(instance -> instance.state() == InstanceState.ACTIVE)
                .flatMapToInt(instance -> largest.sizes().stream().mapToInt(instance::holdsEmpty))
                .filter(held -> held > 0)
                .max();
    }
}
