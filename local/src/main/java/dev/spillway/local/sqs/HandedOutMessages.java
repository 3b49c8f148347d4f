package dev.spillway.local.sqs;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ids of the messages that came in through the guarded gateway. A message with another id was put into ElasticMQ
 * past the guard, and must never run a command.
 *
 * <p>A message can be received before the answer to its sender, which carries the id, has passed the gateway: an
 * unknown id is only judged when no send is under way.
 */
public final class HandedOutMessages {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> ids = new HashSet<>();
    private int sendsUnderWay;

    /** A send starts: called before ElasticMQ can see the request. */
    void sendStarted() {
        lock.lock();
        try {
            sendsUnderWay++;
        } finally {
            lock.unlock();
        }
    }

    /** A send has ended; always called, with no ids if it failed. */
    void sendEnded(Collection<String> messageIds) {
        lock.lock();
        try {
            sendsUnderWay--;
            ids.addAll(messageIds);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the message came through the gateway. Waits while a send is under way whose id it could be, at most five
     * seconds; after that a message that is not known counts as not ours for now, and is judged again when it is
     * received again.
     */
    public boolean contains(String messageId) throws InterruptedException {
        long patience = TimeUnit.SECONDS.toNanos(5);
        lock.lockInterruptibly();
        try {
            while (!ids.contains(messageId) && sendsUnderWay > 0 && patience > 0) {
                patience = changed.awaitNanos(patience);
            }
            return ids.contains(messageId);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a message that was deleted. */
    public void deleted(Collection<String> messageIds) {
        lock.lock();
        try {
            messageIds.forEach(ids::remove);
        } finally {
            lock.unlock();
        }
    }
}
