package dev.spillway.local.ecs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

/**
 * The client tokens of one cluster (ECS developer guide, "Ensuring idempotency"). A token replays the first response,
 * failures included, and lives for the shorter of 24 hours and its tasks' life and one hour.
 */
final class ClientTokens {

    private static final Pattern SHAPE = Pattern.compile("[!-~]{1,64}");
    private static final Duration LIFE = Duration.ofHours(24);
    private static final Duration LIFE_AFTER_TASK = Duration.ofHours(1);

    private record Used(
            String token, RunTaskRequest request, RunTaskResponse response, List<SimTask> tasks, Instant at) {
        boolean isOver(Instant now) {
            return !now.isBefore(at.plus(LIFE))
                    || (!tasks.isEmpty() && tasks.stream().allMatch(task -> gone(task, now)));
        }

        private static boolean gone(SimTask task, Instant now) {
            return task.stoppedAt != null && !now.isBefore(task.stoppedAt.plus(LIFE_AFTER_TASK));
        }
    }

    private final Map<String, Used> byToken = new HashMap<>();
    private final Deque<Used> byAge = new ArrayDeque<>();

    /** Checks the form of a token. */
    static void check(String token) {
        if (!SHAPE.matcher(token).matches()) {
            throw EcsErrors.invalidParameter(
                    "clientToken must be 1 to 64 ASCII characters in the range 33-126, inclusive.");
        }
    }

    /**
     * The first response to the token, if it was used.
     *
     * @throws software.amazon.awssdk.services.ecs.model.ConflictException when it was used with other parameters
     */
    Optional<RunTaskResponse> replay(String token, RunTaskRequest request, Instant now) {
        forget(now);
        Used used = byToken.get(token);
        if (used == null || used.isOver(now)) {
            return Optional.empty();
        }
        if (!used.request.equals(request)) {
            throw EcsErrors.conflict(
                    "The request with client token " + token + " was made before with different parameters.",
                    used.tasks.stream().map(task -> task.arn).toList());
        }
        return Optional.of(used.response);
    }

    void remember(String token, RunTaskRequest request, RunTaskResponse response, List<SimTask> tasks, Instant now) {
        Used used = new Used(token, request, response, List.copyOf(tasks), now);
        byToken.put(token, used);
        byAge.add(used);
    }

    /** Drops what is over, oldest first; each token is looked at a bounded number of times. */
    private void forget(Instant now) {
        while (!byAge.isEmpty() && byAge.peek().isOver(now)) {
            Used oldest = byAge.remove();
            byToken.remove(oldest.token, oldest);
        }
    }
}
