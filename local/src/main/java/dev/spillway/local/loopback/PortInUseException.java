package dev.spillway.local.loopback;

/** A port that cannot be had; the message is one sentence that says which option chooses another. */
public final class PortInUseException extends RuntimeException {

    /**
     * A port that another program holds.
     *
     * @param port the port
     * @param option the command line option that sets it, for example {@code --sqs-port}
     * @param cause what the operating system said
     */
    public PortInUseException(int port, String option, Throwable cause) {
        super("Port %d is in use by another program; choose another with %s.".formatted(port, option), cause);
    }
}
