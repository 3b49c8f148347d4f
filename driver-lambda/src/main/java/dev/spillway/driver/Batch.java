package dev.spillway.driver;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Handles all messages of a batch at the same time; one that fails does not touch the others. */
final class Batch {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    private final Executor executor;

    /** @param executor starts each message's work; it may run it at once */
    Batch(Executor executor) {
        this.executor = executor;
    }

    /**
     * What became of each message. A message without an outcome has to come again.
     *
     * @param outcomes by message id
     */
    record Result(Map<String, Outcome> outcomes) {}

    Result run(List<Delivery> deliveries, Function<Delivery, Outcome> handle) {
        ConcurrentMap<String, Outcome> outcomes = new ConcurrentHashMap<>();
        CountDownLatch left = new CountDownLatch(deliveries.size());
        // The logging context belongs to a thread; what the handler put there is for each message's thread too.
        Map<String, String> context = MDC.getCopyOfContextMap();
        for (Delivery delivery : deliveries) {
            executor.execute(() -> {
                try {
                    outcomes.put(delivery.messageId(), withContext(context, () -> handle.apply(delivery)));
                } catch (RuntimeException failure) {
                    LOG.error("message {} has to come again", delivery.messageId(), failure);
                } finally {
                    left.countDown();
                }
            });
        }
        await(left);
        return new Result(Map.copyOf(outcomes));
    }

    private static void await(CountDownLatch left) {
        try {
            left.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the function was ended in the middle of a batch", ended);
        }
    }

    private static Outcome withContext(@Nullable Map<String, String> context, Supplier<Outcome> work) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        MDC.setContextMap(context == null ? Map.of() : context);
        try {
            return work.get();
        } finally {
            MDC.setContextMap(before == null ? Map.of() : before);
        }
    }
}
