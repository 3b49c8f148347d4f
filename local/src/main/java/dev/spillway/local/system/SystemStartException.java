package dev.spillway.local.system;

import org.jspecify.annotations.Nullable;

/** The local system cannot start as it was asked to: a port in use, an unknown instance type, no Docker engine. */
public final class SystemStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message one whole sentence for the person at the command line
     */
    public SystemStartException(String message) {
        this(message, null);
    }

    /**
     * @param message one whole sentence for the person at the command line
     */
    public SystemStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
