package dev.spillway.local.service;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Guards the state of a service, which many threads ask and change. A step that holds it may take it again. Not for
 * whatever may take time: everybody else waits until the step is over.
 */
public final class StateLock {

    private final ReentrantLock lock = new ReentrantLock();

    /** What a step gives that nobody disturbs. */
    public <T> T holding(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a step that nobody disturbs. */
    public void holding(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }
}
