package dev.spillway.common.function;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Calls that go on at the same time, a bounded number of them, each with the logging context of the thread that made this
 * object. One that fails makes all of them fail. For one caller.
 *
 * @param <T> what a call gives
 */
public final class Calls<T> {

    private final Executor executor;
    private final Semaphore free;
    private final LoggingContext context = LoggingContext.ofThisThread();
    private final List<CompletableFuture<T>> begun = new ArrayList<>();
    private volatile boolean failed;

    /** @param executor starts each call; it may make it at once */
    public Calls(Executor executor, int atOnce) {
        this.executor = executor;
        this.free = new Semaphore(atOnce);
    }

    /** Begins a call, as soon as there are few enough others. */
    public void begin(Supplier<T> call) {
        free.acquireUninterruptibly();
        begun.add(CompletableFuture.supplyAsync(() -> run(call), executor));
    }

    private T run(Supplier<T> call) {
        boolean worked = false;
        try {
            T result = context.around(call);
            worked = true;
            return result;
        } finally {
            if (!worked) {
                failed = true;
            }
            free.release();
        }
    }

    /** Whether one has failed already, so that it is in vain to begin another. */
    public boolean haveFailed() {
        return failed;
    }

    /** Waits until none is under way any more. A frozen function would go on with them in its next invocation. */
    public void settle() {
        all().exceptionally(failure -> null).join();
    }

    /**
     * What the calls gave, in the order in which they were begun; or the failure of one, as it came, when all of them
     * have ended.
     */
    public List<T> results() {
        try {
            all().join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
        return begun.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<Void> all() {
        return CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new));
    }
}
