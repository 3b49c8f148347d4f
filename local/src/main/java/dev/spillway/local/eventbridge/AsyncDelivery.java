package dev.spillway.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls targets as Lambda's asynchronous invocation does (Lambda developer guide, "Error handling for asynchronous
 * invocation"): off the caller's thread, again after a failure, and at last to a dead letter. Every event ends
 * delivered or as a dead letter, also when this is closed first.
 */
public final class AsyncDelivery implements AutoCloseable {

    /** Lambda's own: two more tries, after one minute and after two. */
    public static final List<Duration> LAMBDA_RETRIES = List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

    private static final Logger LOG = LoggerFactory.getLogger(AsyncDelivery.class);

    private final ScheduledExecutorService scheduler;
    private final List<Duration> retries;
    private final Consumer<UndeliveredEvent> deadLetters;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Delivery> waiting = ConcurrentHashMap.newKeySet();

    /**
     * A delivery service.
     *
     * @param scheduler waits for retries; it is not closed with this, and nothing but waiting runs on it
     * @param retries the pause before each further attempt; as many attempts as there are pauses, and the first
     * @param deadLetters gets, beside the log, what was not delivered
     */
    public AsyncDelivery(
            ScheduledExecutorService scheduler, List<Duration> retries, Consumer<UndeliveredEvent> deadLetters) {
        this.scheduler = scheduler;
        this.retries = List.copyOf(retries);
        this.deadLetters = deadLetters;
    }

    /** Accepts an event for a target and returns at once. */
    public void submit(String rule, JsonNode event, EventTarget target) {
        start(new Delivery(rule, event, target, 1));
    }

    /** Ends when the calls under way have ended; events that wait for another attempt become dead letters. */
    @Override
    public void close() {
        calls.close();
        waiting.forEach(delivery -> giveUpWaiting(delivery, "the local system stopped before the next attempt."));
    }

    private void start(Delivery delivery) {
        try {
            calls.execute(() -> attempt(delivery));
        } catch (RejectedExecutionException e) {
            giveUp(delivery, delivery.attempt() - 1, "the local system has stopped.");
        }
    }

    private void attempt(Delivery delivery) {
        try {
            delivery.target().deliver(delivery.event());
        } catch (RuntimeException | LinkageError | AssertionError e) {
            retry(delivery, e);
        }
    }

    private void retry(Delivery delivery, Throwable failure) {
        if (delivery.attempt() > retries.size()) {
            giveUp(delivery, delivery.attempt(), failure.toString());
            return;
        }
        LOG.warn("{} failed on attempt {}; it is tried again: {}", delivery.rule(), delivery.attempt(), failure);
        Delivery next = delivery.next();
        waiting.add(next);
        try {
            scheduler.schedule(
                    () -> startWaiting(next),
                    retries.get(delivery.attempt() - 1).toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            giveUpWaiting(next, failure.toString());
        }
    }

    private void startWaiting(Delivery delivery) {
        if (waiting.remove(delivery)) {
            start(delivery);
        }
    }

    private void giveUpWaiting(Delivery delivery, String reason) {
        if (waiting.remove(delivery)) {
            giveUp(delivery, delivery.attempt() - 1, reason);
        }
    }

    private void giveUp(Delivery delivery, int attempts, String reason) {
        LOG.error(
                "{} was not delivered after {} attempts: {} The event: {}",
                delivery.rule(),
                attempts,
                reason,
                delivery.event());
        deadLetters.accept(new UndeliveredEvent(delivery.rule(), delivery.event(), attempts, reason));
    }

    /** One event on its way; each is itself and no other, however equal. */
    private static final class Delivery {

        private final String rule;
        private final JsonNode event;
        private final EventTarget target;
        private final int attempt;

        Delivery(String rule, JsonNode event, EventTarget target, int attempt) {
            this.rule = rule;
            this.event = event;
            this.target = target;
            this.attempt = attempt;
        }

        Delivery next() {
            return new Delivery(rule, event, target, attempt + 1);
        }

        String rule() {
            return rule;
        }

        JsonNode event() {
            return event;
        }

        EventTarget target() {
            return target;
        }

        int attempt() {
            return attempt;
        }
    }
}
