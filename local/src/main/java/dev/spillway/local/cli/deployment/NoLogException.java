package dev.spillway.local.cli.deployment;

/** A run has no log that Spillway can read. */
public final class NoLogException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param message one whole sentence that says where to look
     */
    NoLogException(String message) {
        super(message);
    }
}
