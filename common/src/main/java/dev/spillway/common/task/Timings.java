package dev.spillway.common.task;

import java.time.Duration;
import java.time.Instant;

/** The times by which somebody has to look at a record again: how {@link TaskRecord#dueAt} is found. */
public final class Timings {

    /**
     * How long a driver may take over a launch before another may take it up. Longer than the driver's timeout in
     * template.yaml, so that nobody takes up a launch that is still being made.
     */
    public static final Duration LEASE = Duration.ofSeconds(90);

    /** A placed or running task with no news for this long is looked up. */
    public static final Duration RECONCILE = Duration.ofMinutes(5);

    /**
     * By then a function has a result as a rule: an invocation runs for 15 minutes at most, and Lambda itself retries a failed
     * one twice, one and two minutes later (Lambda developer guide, "How Lambda handles errors and retries with
     * asynchronous invocation").
     */
    public static final Duration RECONCILE_FUNCTION = Duration.ofMinutes(50);

    /**
     * By then it has one, or will never tell: an invocation that Lambda has no concurrency for is kept for up to 6 hours and
     * runs then (same page). Until that, another invocation could run beside it.
     */
    public static final Duration GIVE_UP_FUNCTION = Duration.ofHours(6).plusMinutes(20);

    /**
     * A task in the waiting line is found by the line's own index, not by its due time; this only keeps the promise that
     * every live record has one.
     */
    public static final Duration LOOK_AT_WAITING = Duration.ofHours(1);

    private static final Duration BACKOFF_MIN = Duration.ofSeconds(15);
    private static final Duration BACKOFF_SPREAD = Duration.ofSeconds(30);

    private static final Duration RETRY_FIRST = Duration.ofSeconds(10);
    private static final Duration RETRY_MOST = Duration.ofMinutes(10);

    private static final int STEPS = 1_000;

    private Timings() {}

    /**
     * How long to leave AWS alone after it gave no answer: 15 to 45 seconds. Tasks spread over the range by their ids,
     * so that a batch that was throttled together does not come back together.
     */
    public static Duration backoff(TaskRecord record) {
        return BACKOFF_MIN.plus(share(BACKOFF_SPREAD, record));
    }

    /**
     * How long to wait before a failed job runs again: from half to the whole of 10, 20, 40 … seconds, at most 10
     * minutes. The jitter comes from the task's id, so that the same record always gives the same answer.
     *
     * @param record whose {@link TaskRecord#attempt} has failed
     */
    public static Duration retryDelay(TaskRecord record) {
        int doublings = Math.min(Math.max(record.attempt() - 1, 0), 10);
        Duration whole = RETRY_FIRST.multipliedBy(1L << doublings);
        Duration bounded = whole.compareTo(RETRY_MOST) > 0 ? RETRY_MOST : whole;
        Duration half = bounded.dividedBy(2);
        return half.plus(share(half, record));
    }

    /** When a task in the waiting line is due: at the end of its patience, if it has one. */
    public static Instant nextLookAtWaiting(TaskRecord record, Instant now) {
        Instant look = now.plus(LOOK_AT_WAITING);
        Instant deadline = waitDeadline(record);
        return earlier(deadline, look);
    }

    /** When the task has waited long enough; {@link Instant#MAX} if it waits for ever. */
    public static Instant waitDeadline(TaskRecord record) {
        TaskRequest request = record.request();
        return request == null || request.waitDeadline() == null
                ? Instant.MAX
                : record.waitingSince().plus(request.waitDeadline());
    }

    /**
     * When a task that ECS has accepted, and has no instance for, has waited long enough for one: at the end of the
     * patience if its chain leads on, and at its wait deadline in any case; {@link Instant#MAX} if it may wait for ever.
     *
     * @param patience how long an instance is waited for while there is something else to ask
     */
    public static Instant provisioningDeadline(TaskRecord record, Duration patience) {
        Instant deadline = waitDeadline(record);
        if (!leadsOn(record) || record.placedAt() == null) {
            return deadline;
        }
        Instant patient = record.placedAt().plus(patience);
        return earlier(patient, deadline);
    }

    private static boolean leadsOn(TaskRecord record) {
        return record.needs() != null
                && record.capacityType() != null
                && record.needs().leadsOnFrom(record.capacityType());
    }

    /** When the task has run long enough; {@link Instant#MAX} if it may run for ever or has not started. */
    public static Instant runDeadline(TaskRecord record) {
        TaskRequest request = record.request();
        return request == null || request.timeout() == null || record.startedAt() == null
                ? Instant.MAX
                : record.startedAt().plus(request.timeout());
    }

    /** When a function has run long enough: Lambda does not say when it starts, so the placing counts as the start. */
    public static Instant functionDeadline(TaskRecord record) {
        return record.startedAt() == null
                ? runDeadline(record.toBuilder().startedAt(record.placedAt()).build())
                : runDeadline(record);
    }

    /** When an invocation can no longer run, whatever is heard of it. */
    public static Instant functionGivenUp(TaskRecord record) {
        return record.placedAt() == null ? Instant.MIN : record.placedAt().plus(GIVE_UP_FUNCTION);
    }

    /** The earlier of two instants. */
    public static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Duration share(Duration whole, TaskRecord record) {
        int step = Math.floorMod(record.taskId().hashCode() * 31 + record.launch(), STEPS);
        return whole.multipliedBy(step).dividedBy(STEPS);
    }
}
