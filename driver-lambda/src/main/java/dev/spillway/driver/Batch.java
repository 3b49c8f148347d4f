package dev.spillway.driver;

import dev.spillway.common.function.LoggingContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
        LoggingContext context = LoggingContext.ofThisThread();
        for (Delivery delivery : deliveries) {
            executor.execute(() -> {
                try {
                    outcomes.put(delivery.messageId(), context.around(() -> handle.apply(delivery)));
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
}
