package dev.spillway.local.cli.run;

/** A file cannot be used; the message is one whole sentence for the person at the command line. */
public final class UnreadableFileException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableFileException(String message) {
        super(message);
    }
}
