package dev.spillway.local.runtime;

/** How a container ended. */
public sealed interface ContainerExit {

    /**
     * It ran.
     *
     * @param exitCode as the kernel tells it: 128 + n when signal n ended it
     */
    record Exited(int exitCode) implements ContainerExit {}

    /**
     * It never ran.
     *
     * @param reason as ECS words it, for example {@code CannotStartContainerError: …}
     */
    record NotStarted(String reason) implements ContainerExit {}
}
