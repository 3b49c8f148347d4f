package dev.spillway.local.crash;

/** The function's process has ended. An error, so that nothing in the function takes it for an answer of AWS. */
final class ProcessEnded extends Error {

    private static final long serialVersionUID = 1L;

    ProcessEnded() {
        super("the process has ended", null, false, false);
    }
}
