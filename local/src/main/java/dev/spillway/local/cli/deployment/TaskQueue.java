package dev.spillway.local.cli.deployment;

/** The queue that messages are sent to. */
@FunctionalInterface
public interface TaskQueue {

    /** Sends one message. */
    void send(String body);
}
