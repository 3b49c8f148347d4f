package dev.spillway.local.cli.deployment;

import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;

/**
 * A Spillway that is up, as a command reaches it.
 *
 * @param connections is closed with it
 */
public record Deployment(TaskStore store, TaskIndex index, TaskQueue queue, TaskLogs logs, Runnable connections)
        implements AutoCloseable {

    @Override
    public void close() {
        connections.run();
    }
}
