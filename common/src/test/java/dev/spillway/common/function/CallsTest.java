package dev.spillway.common.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class CallsTest {

    @BeforeEach
    @AfterEach
    void clearTheLoggingContext() {
        MDC.clear();
    }

    @Test
    void the_results_come_in_the_order_in_which_the_calls_were_begun() {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Calls<Integer> calls = new Calls<>(executor, 2);
            CompletableFuture<Integer> second = new CompletableFuture<>();
            calls.begin(second::join);
            calls.begin(() -> {
                second.complete(1);
                return 2;
            });
            assertThat(calls.results()).containsExactly(1, 2);
        }
    }

    @Test
    void as_many_go_on_at_the_same_time_as_may_and_no_more() {
        CyclicBarrier pair = new CyclicBarrier(2);
        AtomicInteger underWay = new AtomicInteger();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Calls<Integer> calls = new Calls<>(executor, 2);
            IntStream.range(0, 10)
                    .forEach(i -> calls.begin(() -> {
                        int now = underWay.incrementAndGet();
                        // Each waits for another: one after the other, none would ever pass.
                        await(pair);
                        underWay.decrementAndGet();
                        return now;
                    }));
            assertThat(calls.results()).hasSize(10).allMatch(now -> now <= 2);
        }
    }

    @Test
    void a_failure_is_thrown_as_it_came_and_only_when_the_others_have_ended() {
        IllegalStateException failure = new IllegalStateException("throttled");
        List<String> ended = new ArrayList<>();
        Calls<String> calls = new Calls<>(Runnable::run, 2);
        calls.begin(() -> {
            throw failure;
        });
        calls.begin(() -> {
            ended.add("the other");
            return "";
        });
        assertThatThrownBy(calls::results).isSameAs(failure);
        assertThat(ended).containsExactly("the other");
    }

    @Test
    void it_is_known_at_once_that_one_has_failed_and_settling_does_not_throw_it() {
        Calls<String> calls = new Calls<>(Runnable::run, 1);
        calls.begin(() -> "");
        assertThat(calls.haveFailed()).isFalse();
        calls.begin(() -> {
            throw new IllegalStateException("throttled");
        });
        assertThat(calls.haveFailed()).isTrue();
        calls.settle();
    }

    @Test
    void one_that_fails_leaves_its_place_to_the_next() {
        Calls<String> calls = new Calls<>(Runnable::run, 1);
        List<String> made = new ArrayList<>();
        calls.begin(() -> {
            throw new IllegalStateException("throttled");
        });
        calls.begin(() -> {
            made.add("the second");
            return "";
        });
        assertThat(made).containsExactly("the second");
    }

    @Test
    void the_logging_context_reaches_every_call_and_none_leaks_into_another() {
        MDC.put("function_request_id", "r1");
        Calls<String> calls = new Calls<>(Runnable::run, 1);
        for (int i = 0; i < 3; i++) {
            calls.begin(() -> {
                String seen = MDC.get("function_request_id") + " " + MDC.get("task_id");
                MDC.put("task_id", "t1");
                return seen;
            });
        }
        assertThat(calls.results()).containsOnly("r1 null");
        assertThat(MDC.get("task_id")).isNull();
    }

    @Test
    void the_logging_context_follows_to_other_threads() {
        MDC.put("function_request_id", "r1");
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Calls<String> calls = new Calls<>(executor, 1);
            calls.begin(() -> MDC.get("function_request_id"));
            assertThat(calls.results()).containsExactly("r1");
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new IllegalStateException(alone);
        }
    }
}
