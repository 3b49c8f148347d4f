package dev.spillway.local.ecs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.util.Random;

/**
 * Passes events on as badly as the contract of EventBridge allows, and worse: at least once and in any order, and some
 * never. What happens to the n-th event depends on the seed alone.
 */
public final class EventDisturbance implements EventSink {

    /**
     * How bad.
     *
     * @param lost the share of events that never arrive, 0–1
     * @param doubled the share that arrives twice, 0–1
     * @param maxDelay each delivery is late by up to this; longer than the time between events means another order
     */
    public record Faults(double lost, double doubled, Duration maxDelay) {
        public Faults {
            if (lost < 0 || lost > 1 || doubled < 0 || doubled > 1 || maxDelay.isNegative()) {
                throw new IllegalArgumentException("shares are between 0 and 1, and delays are not negative");
            }
        }
    }

    private final EventSink target;
    private final Timeline timeline;
    private final Faults faults;
    private final Random random;

    public EventDisturbance(EventSink target, Timeline timeline, Faults faults, long seed) {
        this.target = target;
        this.timeline = timeline;
        this.faults = faults;
        this.random = new Random(seed);
    }

    @Override
    public synchronized void put(ObjectNode event) {
        // Always the same number of draws for an event, so that one event's fate does not depend on another's.
        boolean lost = random.nextDouble() < faults.lost();
        boolean doubled = random.nextDouble() < faults.doubled();
        Duration first = delay();
        Duration second = delay();
        if (lost) {
            return;
        }
        timeline.schedule(first, () -> target.put(event));
        if (doubled) {
            timeline.schedule(second, () -> target.put(event.deepCopy()));
        }
    }

    private Duration delay() {
        return Duration.ofNanos((long) (random.nextDouble() * faults.maxDelay().toNanos()));
    }
}
