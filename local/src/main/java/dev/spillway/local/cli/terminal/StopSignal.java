package dev.spillway.local.cli.terminal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wish that a command ends now: Ctrl-C, or SIGTERM. */
public final class StopSignal {

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();

    /** Tells all who asked to be told. */
    public void stop() {
        stopped.countDown();
        actions.forEach(Runnable::run);
    }

    /** Runs the action when the wish comes, and at once if it has come already; perhaps twice. */
    public void onStop(Runnable action) {
        actions.add(action);
        if (isStopped()) {
            action.run();
        }
    }

    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits for the wish, at most this long; whether it has come. */
    public boolean await(Duration atMost) {
        try {
            return stopped.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
