package dev.spillway.local.cli.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An {@link Inbox} in memory. */
public final class QueueInbox implements Inbox {

    private final BlockingQueue<RunEvent> events = new LinkedBlockingQueue<>();
    private final Duration moment;

    /**
     * @param moment how long {@link #next} waits for a first event
     */
    public QueueInbox(Duration moment) {
        this.moment = moment;
    }

    @Override
    public void put(RunEvent event) {
        events.add(event);
    }

    @Override
    public List<RunEvent> next() {
        List<RunEvent> next = new ArrayList<>();
        try {
            RunEvent first = events.poll(moment.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                next.add(first);
                events.drainTo(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            next.add(new RunEvent.Stopped());
        }
        return next;
    }
}
