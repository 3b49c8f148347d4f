package dev.spillway.local.time;

import java.time.Duration;

/** Does something again and again on a timeline. */
public final class Sampler implements AutoCloseable {

    private final Timeline timeline;
    private final Duration period;
    private final Runnable sample;
    private Scheduled next = () -> {};
    private boolean closed;

    private Sampler(Timeline timeline, Duration period, Runnable sample) {
        this.timeline = timeline;
        this.period = period;
        this.sample = sample;
    }

    /** Begins at once. */
    public static Sampler start(Timeline timeline, Duration period, Runnable sample) {
        Sampler sampler = new Sampler(timeline, period, sample);
        sampler.schedule(Duration.ZERO);
        return sampler;
    }

    private void run() {
        try {
            sample.run();
        } finally {
            // One sample that fails must not be the last one.
            schedule(period);
        }
    }

    private synchronized void schedule(Duration delay) {
        if (!closed) {
            next = timeline.schedule(delay, this::run);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        next.cancel();
    }
}
