package dev.spillway.common.function;

import org.crac.Context;
import org.crac.Resource;

/**
 * A handler that SnapStart takes a snapshot of. Where Lambda starts it, its constructor registers it with CRaC's global
 * context. That context holds it weakly, and Lambda strongly.
 *
 * <p>After a restore there is nothing to do, and it has to stay so: what a copy knows of the world (refusals, the waiting
 * line, task definitions) comes with events and says until when it holds; ids are made when they are asked for; the clock is
 * asked each time; and connections are closed before the snapshot is taken. So priming must leave nothing behind.
 */
public interface SnapStarted extends Resource {

    /** What warms the function up. */
    Priming priming();

    @Override
    default void beforeCheckpoint(Context<? extends Resource> context) {
        priming().run();
    }

    @Override
    default void afterRestore(Context<? extends Resource> context) {
        // See above.
    }
}
