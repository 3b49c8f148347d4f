package dev.spillway.local.ecs;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Cuts listings into pages of at most 100, as ECS does. */
final class Pages {

    private static final int MAX_RESULTS = 100;

    /**
     * One page.
     *
     * @param items what is on it
     * @param nextToken of the next page, null after the last
     */
    record Page<T>(List<T> items, @Nullable String nextToken) {}

    private Pages() {}

    /**
     * The page after the token. The token is the number of the last item shown: items that come or go between two
     * calls neither repeat nor hide others.
     *
     * @param items in rising order of their numbers
     */
    static <T> Page<T> page(
            List<T> items, ToLongFunction<T> number, @Nullable String nextToken, @Nullable Integer maxResults) {
        int size = maxResults == null ? MAX_RESULTS : maxResults;
        if (size < 1 || size > MAX_RESULTS) {
            throw EcsErrors.invalidParameter("maxResults must be between 1 and " + MAX_RESULTS + ".");
        }
        long after = after(nextToken);
        List<T> rest = items.stream()
                .filter(item -> number.applyAsLong(item) > after)
                .limit(size + 1L)
                .toList();
        if (rest.size() <= size) {
            return new Page<>(rest, null);
        }
        List<T> page = rest.subList(0, size);
        return new Page<>(page, Long.toString(number.applyAsLong(page.getLast())));
    }

    private static long after(@Nullable String nextToken) {
        try {
            return nextToken == null ? -1 : Long.parseLong(nextToken);
        } catch (NumberFormatException e) {
            throw EcsErrors.invalidParameter("Invalid token value.");
        }
    }
}
