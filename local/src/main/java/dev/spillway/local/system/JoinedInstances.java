package dev.spillway.local.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.ecs.EventSink;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for the instances that the cluster is to begin with, by the events that ECS sends when they join. */
final class JoinedInstances implements EventSink {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final CountDownLatch missing;
    private final int wanted;
    private final EventSink next;

    /** @param next gets all events */
    JoinedInstances(int wanted, EventSink next) {
        this.missing = new CountDownLatch(wanted);
        this.wanted = wanted;
        this.next = next;
    }

    @Override
    public void put(ObjectNode event) {
        next.put(event);
        if (event.path("detail-type").asText().equals("ECS Container Instance State Change")
                && event.at("/detail/status").asText().equals("ACTIVE")) {
            missing.countDown();
        }
    }

    /** @throws SystemStartException if they do not come */
    void await() {
        try {
            if (!missing.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new SystemStartException("Only " + (wanted - missing.getCount()) + " of " + wanted
                        + " instances have joined the cluster within " + LONGEST.toSeconds() + " s.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SystemStartException("Stopped while the instances joined the cluster.", stopped);
        }
    }
}
