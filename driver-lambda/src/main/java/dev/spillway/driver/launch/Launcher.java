package dev.spillway.driver.launch;

/** Starts tasks. */
@FunctionalInterface
public interface Launcher {

    /** Asks AWS for a place. Asking the same launch again starts nothing new on ECS. */
    LaunchAnswer launch(Launch launch);
}
