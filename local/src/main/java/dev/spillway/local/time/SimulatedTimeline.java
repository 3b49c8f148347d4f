package dev.spillway.local.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.TreeSet;

/**
 * A timeline that stands still until it is told to run, and then jumps from one event to the next. Deterministic: the
 * same seed and the same calls give the same history. Actions due at the same instant run in the order in which they
 * were scheduled. Actions run on the thread that calls {@link #runUntil} or {@link #runUntilIdle}; an action that
 * throws ends that call with its exception, because in a test it is the finding.
 */
public final class SimulatedTimeline implements Timeline {

    private record Event(Instant at, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private static final Runnable NONE = () -> {};

    private final TreeSet<Event> events = new TreeSet<>();
    private final Random random;
    private final Clock clock = new SimulatedClock(ZoneOffset.UTC);
    private Instant now;
    private long scheduled;

    /**
     * A timeline that begins at the given instant.
     *
     * @param start the first instant
     * @param seed of {@link #random()}
     */
    public SimulatedTimeline(Instant start, long seed) {
        this.now = start;
        this.random = new Random(seed);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    /** The one source of chance of this history. */
    public Random random() {
        return random;
    }

    @Override
    public synchronized Scheduled schedule(Duration delay, Runnable action) {
        Instant at = delay.isPositive() ? now.plus(delay) : now;
        Event event = new Event(at, scheduled++, action);
        events.add(event);
        return () -> cancel(event);
    }

    private synchronized void cancel(Event event) {
        events.remove(event);
    }

    /**
     * Runs everything that is due up to and including the given instant, and leaves the clock there.
     *
     * @throws IllegalArgumentException if that instant has passed
     */
    public void runUntil(Instant end) {
        if (end.isBefore(now())) {
            throw new IllegalArgumentException("time does not run backwards: " + end + " is before " + now());
        }
        for (Runnable next = next(end); next != NONE; next = next(end)) {
            next.run();
        }
        synchronized (this) {
            now = end;
        }
    }

    /** Runs {@link #runUntil} for the given time from now. */
    public void runFor(Duration time) {
        runUntil(now().plus(time));
    }

    /**
     * Runs until nothing is left to happen. Does not return while something reschedules itself for ever: use
     * {@link #runUntil} where there are periodic events.
     */
    public void runUntilIdle() {
        for (Runnable next = next(Instant.MAX); next != NONE; next = next(Instant.MAX)) {
            next.run();
        }
    }

    private synchronized Runnable next(Instant end) {
        if (events.isEmpty() || events.first().at.isAfter(end)) {
            return NONE;
        }
        Event first = events.removeFirst();
        now = first.at;
        return first.action;
    }

    private final class SimulatedClock extends Clock {
        private final ZoneId zone;

        SimulatedClock(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new SimulatedClock(other);
        }

        @Override
        public Instant instant() {
            return now();
        }
    }
}
