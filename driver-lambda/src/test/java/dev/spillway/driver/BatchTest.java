package dev.spillway.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class BatchTest {

    private final List<Delivery> ten = IntStream.range(0, 10)
            .mapToObj(i -> new Delivery("m" + i, "queue", "{}", Instant.EPOCH))
            .toList();

    @Test
    void allMessagesAreHandledAtTheSameTime() {
        // Each waits for all the others: one after the other, none would ever pass.
        CyclicBarrier barrier = new CyclicBarrier(ten.size());
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Batch.Result result = new Batch(executor).run(ten, delivery -> {
                try {
                    barrier.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
                    throw new IllegalStateException(alone);
                }
                return new Outcome.Waiting();
            });
            assertThat(result.outcomes()).hasSize(ten.size());
        }
    }

    @Test
    void aMessageThatFailsDoesNotTouchTheOthersAndHasNoOutcome() {
        Batch.Result result = new Batch(Runnable::run).run(ten, delivery -> {
            if (delivery.messageId().equals("m3")) {
                throw new IllegalStateException("the table does not answer");
            }
            return new Outcome.Waiting();
        });
        assertThat(result.outcomes()).hasSize(9).doesNotContainKey("m3");
    }

    @Test
    void theLoggingContextReachesEveryMessageAndNoneLeaksIntoAnother() {
        MDC.clear();
        Map<String, String> seen = new ConcurrentHashMap<>();
        MDC.put("function_request_id", "r1");
        try {
            new Batch(Runnable::run).run(ten, delivery -> {
                seen.put(delivery.messageId(), MDC.get("function_request_id") + " " + MDC.get("task_id"));
                MDC.put("task_id", delivery.messageId());
                return new Outcome.Waiting();
            });
            assertThat(seen.values()).containsOnly("r1 null");
            assertThat(MDC.get("task_id")).isNull();
        } finally {
            MDC.clear();
        }
    }
}
