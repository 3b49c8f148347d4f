package dev.spillway.capacitymetric.capacity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The sizes to measure with. Where one task wants much CPU and another one much memory, none is the largest; made into
 * one size, they would be a container that nobody runs, and that may fit on no instance there is, so that instances
 * would be bought for it without end. So all sizes that no other one covers count, each for itself.
 *
 * @param sizes none of them covers another; at least one
 */
public record LargestSizes(List<ContainerSize> sizes) {

    private static final Comparator<ContainerSize> LARGEST_FIRST = Comparator.comparingInt(ContainerSize::cpu)
            .thenComparingInt(ContainerSize::memory)
            .thenComparingInt(ContainerSize::gpus)
            .reversed();

    public LargestSizes {
        if (sizes.isEmpty()) {
            throw new IllegalArgumentException("nothing to measure with");
        }
        sizes = List.copyOf(sizes);
    }

    /** One size. */
    public static LargestSizes configured(ContainerSize size) {
        return new LargestSizes(List.of(size));
    }

    /**
     * The largest of those that were seen. What is too large for each of the ACTIVE instances even when that is empty
     * is left out: more of these instances would not help it. Without any ACTIVE instance nothing is too large. Where
     * nothing is left, the configured size counts.
     */
    public static LargestSizes of(
            Collection<ContainerSize> seen, Collection<Instance> instances, ContainerSize configured) {
        List<Instance> active = instances.stream()
                .filter(instance -> instance.state() == InstanceState.ACTIVE)
                .toList();
        List<ContainerSize> largest = new ArrayList<>();
        for (ContainerSize size : seen.stream().distinct().sorted(LARGEST_FIRST).toList()) {
            // Only one that stands before it can cover it.
            boolean covered = largest.stream().anyMatch(larger -> larger.covers(size));
            if (!covered && (active.isEmpty() || active.stream().anyMatch(instance -> instance.holdsEmpty(size) > 0))) {
                largest.add(size);
            }
        }
        return largest.isEmpty() ? configured(configured) : new LargestSizes(largest);
    }
}
