package dev.spillway.common.function;

import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.MDC;

/**
 * What every line of the log says beside its message, for example the request. It belongs to a thread: work that goes on
 * in another has it only if it is taken there.
 */
public final class LoggingContext {

    private final Map<String, String> entries;

    private LoggingContext(Map<String, String> entries) {
        this.entries = entries;
    }

    /** What the handler, or whoever else is at work in this thread, has put there so far. */
    public static LoggingContext ofThisThread() {
        Map<String, String> entries = MDC.getCopyOfContextMap();
        return new LoggingContext(entries == null ? Map.of() : entries);
    }

    /** Does the work with this context. The thread has its own again afterwards, whatever the work put into this one. */
    public <R> R around(Supplier<R> work) {
        LoggingContext before = ofThisThread();
        MDC.setContextMap(entries);
        try {
            return work.get();
        } finally {
            MDC.setContextMap(before.entries);
        }
    }
}
