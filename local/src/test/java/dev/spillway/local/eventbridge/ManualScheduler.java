package dev.spillway.local.eventbridge;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what was scheduled when the test says so, and shows with which delay it was. */
final class ManualScheduler extends ScheduledThreadPoolExecutor {

    record Scheduled(Runnable task, Duration delay) {}

    private final BlockingQueue<Scheduled> scheduled = new LinkedBlockingQueue<>();

    ManualScheduler() {
        super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        scheduled.add(new Scheduled(command, Duration.of(delay, unit.toChronoUnit())));
        return super.schedule(() -> {}, 365, TimeUnit.DAYS);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long first, long period, TimeUnit unit) {
        return schedule(command, period, unit);
    }

    Scheduled next() throws InterruptedException {
        Scheduled next = scheduled.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("Nothing was scheduled within 10 s.");
        }
        return next;
    }
}
