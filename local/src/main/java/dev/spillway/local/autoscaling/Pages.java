package dev.spillway.local.autoscaling;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Cuts listings into pages. */
final class Pages {

    private static final int MOST = 100;

    /**
     * One page.
     *
     * @param items what is on it
     * @param nextToken of the next page, null after the last
     */
    record Page<T>(List<T> items, @Nullable String nextToken) {}

    private Pages() {}

    /**
     * The page after the token. The token is the key of the last item shown, so that items that come or go between two
     * calls hide no others.
     *
     * @param items in rising order of their keys
     */
    static <T> Page<T> page(
            List<T> items, ToLongFunction<T> key, @Nullable String nextToken, @Nullable Integer maxRecords, int usual) {
        int size = maxRecords == null ? usual : maxRecords;
        if (size < 1 || size > MOST) {
            throw AutoScalingErrors.validation("MaxRecords must be between 1 and " + MOST + ".");
        }
        long after = after(nextToken);
        List<T> rest = items.stream()
                .filter(item -> key.applyAsLong(item) > after)
                .limit(size + 1L)
                .toList();
        if (rest.size() <= size) {
            return new Page<>(rest, null);
        }
        List<T> page = rest.subList(0, size);
        return new Page<>(page, Long.toString(key.applyAsLong(page.getLast())));
    }

    private static long after(@Nullable String nextToken) {
        try {
            return nextToken == null ? Long.MIN_VALUE : Long.parseLong(nextToken);
        } catch (NumberFormatException e) {
            throw AutoScalingErrors.invalidNextToken();
        }
    }
}
