package dev.spillway.local.eventsource;

/** Which messages a function may get at all. */
@FunctionalInterface
public interface MessageFilter {

    /** Whether the message with this id may be given to the function. */
    boolean accepts(String messageId) throws InterruptedException;
}
