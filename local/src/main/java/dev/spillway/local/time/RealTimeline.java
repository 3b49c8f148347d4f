package dev.spillway.local.time;

import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The timeline of the wall clock. Every action gets a virtual thread of its own, so that one that blocks holds up no
 * other; actions due at the same time therefore run in any order, as separate AWS services would.
 */
public final class RealTimeline implements Timeline, AutoCloseable {

    private static final Logger LOG = System.getLogger(RealTimeline.class.getName());
    private static final Scheduled NOTHING = () -> {};

    private final Clock clock = Clock.systemUTC();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledThreadPoolExecutor timer;

    public RealTimeline() {
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("timeline").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable action) {
        try {
            if (delay.isPositive()) {
                Future<?> future = timer.schedule(() -> hand(action), delay.toNanos(), TimeUnit.NANOSECONDS);
                return () -> future.cancel(false);
            }
            Future<?> future = workers.submit(() -> run(action));
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            // What is scheduled while everything stops is lost on purpose, like the rest of this world.
            return NOTHING;
        }
    }

    private void hand(Runnable action) {
        try {
            workers.execute(() -> run(action));
        } catch (RejectedExecutionException closed) {
            LOG.log(Logger.Level.DEBUG, "dropped: the timeline is closed");
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            // There is no caller to tell. One broken action must not take the simulated world with it.
            LOG.log(Logger.Level.ERROR, "a scheduled action failed", e);
        }
    }

    /** Drops what has not begun and interrupts what runs. */
    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }
}
