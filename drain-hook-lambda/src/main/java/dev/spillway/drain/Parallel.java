package dev.spillway.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Does the same for many things, a few at a time. */
final class Parallel {

    private final Executor executor;
    private final int atOnce;

    /** @param executor starts the work on one thing; it may run it at once */
    Parallel(Executor executor, int atOnce) {
        this.executor = executor;
        this.atOnce = atOnce;
    }

    /** The answers, in the order of the things. What the work throws is thrown after all of it has ended. */
    <T, R> List<R> map(List<T> things, Function<T, R> work) {
        Semaphore free = new Semaphore(atOnce);
        // The logging context belongs to a thread; what the handler put there is for each thing's thread too.
        Map<String, String> context = MDC.getCopyOfContextMap();
        List<CompletableFuture<R>> answers = new ArrayList<>();
        for (T thing : things) {
            free.acquireUninterruptibly();
            answers.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return withContext(context, () -> work.apply(thing));
                        } finally {
                            free.release();
                        }
                    },
                    executor));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static <R> R withContext(@Nullable Map<String, String> context, Supplier<R> work) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        MDC.setContextMap(context == null ? Map.of() : context);
        try {
            return work.get();
        } finally {
            MDC.setContextMap(before == null ? Map.of() : before);
        }
    }
}
