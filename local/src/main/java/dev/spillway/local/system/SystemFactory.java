package dev.spillway.local.system;

/** Starts the local system. */
@FunctionalInterface
public interface SystemFactory {

    /**
     * Starts it, and returns when messages can be sent.
     *
     * @throws SystemStartException when it cannot start, for a reason that the person at the command line can change
     */
    LocalSystem start(SystemOptions options);
}
