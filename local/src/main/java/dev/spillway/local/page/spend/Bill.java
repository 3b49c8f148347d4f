package dev.spillway.local.page.spend;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A sum of costs.
 *
 * @param dollars of all that has a price
 * @param withoutPrice what has none and is not in the sum
 */
public record Bill(double dollars, SortedSet<String> withoutPrice) {

    public static final Bill NOTHING = new Bill(0, Collections.emptySortedSet());

    public Bill {
        withoutPrice = Collections.unmodifiableSortedSet(new TreeSet<>(withoutPrice));
    }

    /** The sum with one cost more. */
    public Bill plus(Cost cost) {
        return switch (cost) {
            case Cost.Known known -> new Bill(dollars + known.dollars(), withoutPrice);
            case Cost.NoPrice none -> withoutPrice.contains(none.what()) ? this : plus(new Bill(0, only(none.what())));
        };
    }

    /** Both sums. */
    public Bill plus(Bill other) {
        SortedSet<String> both = new TreeSet<>(withoutPrice);
        both.addAll(other.withoutPrice);
        return new Bill(dollars + other.dollars, both);
    }

    private static SortedSet<String> only(String what) {
        return new TreeSet<>(Set.of(what));
    }
}
