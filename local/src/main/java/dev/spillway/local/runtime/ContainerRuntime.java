package dev.spillway.local.runtime;

import java.util.function.Consumer;

/** Starts the containers of simulated tasks. */
public interface ContainerRuntime extends AutoCloseable {

    /**
     * Starts one container. Does not wait for its end.
     *
     * @param run what to start
     * @param onExit called exactly once, from any thread and possibly before this method returns, when the container
     *     has ended or could not be started
     * @return the handle by which it is stopped
     */
    RunningContainer start(ContainerRun run, Consumer<ContainerExit> onExit);

    /** Kills everything that this runtime started and that still runs. */
    @Override
    void close();
}
