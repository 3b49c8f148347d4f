package dev.spillway.local.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RealTimelineTest {

    @Test
    void anActionThatBlocksHoldsUpNoOther() throws Exception {
        try (RealTimeline timeline = new RealTimeline()) {
            CountDownLatch never = new CountDownLatch(1);
            CompletableFuture<Boolean> virtual = new CompletableFuture<>();
            timeline.schedule(Duration.ZERO, () -> await(never));
            timeline.schedule(Duration.ofMillis(1), () -> await(never));
            timeline.schedule(
                    Duration.ofMillis(2),
                    () -> virtual.complete(Thread.currentThread().isVirtual()));

            assertThat(virtual.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anActionThatFailsHarmsNoOther() throws Exception {
        try (RealTimeline timeline = new RealTimeline()) {
            CompletableFuture<String> second = new CompletableFuture<>();
            timeline.schedule(Duration.ZERO, () -> {
                timeline.schedule(Duration.ofMillis(1), () -> second.complete("ran"));
                throw new IllegalStateException("on purpose");
            });

            assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("ran");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
