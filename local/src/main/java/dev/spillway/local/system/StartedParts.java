package dev.spillway.local.system;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started so far, and has to be stopped. Parts that start beside each other may be added by any thread. */
final class StartedParts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StartedParts.class);

    private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();

    /** Takes over the stopping of a part. */
    <T extends AutoCloseable> T add(T started) {
        parts.push(started);
        return started;
    }

    /** Stops the parts in the reverse order of their start. One that fails to stop does not keep the others running. */
    @Override
    public void close() {
        for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (Exception failure) {
                LOG.warn("a part of the local system did not stop cleanly", failure);
            }
        }
    }
}
