package dev.spillway.local.cli;

/** What the process says to the shell. */
final class ExitCode {

    static final int ALL_SUCCEEDED = 0;
    static final int SOME_DID_NOT = 1;
    /** What was asked for is done, or shown. */
    static final int DONE = 0;
    /** No such task, or a cancel that came too late. */
    static final int NOT_DONE = 1;
    /** Wrong usage, an unreadable file, a system that cannot start as it was asked to, or none to talk to. */
    static final int WRONG_USAGE = 2;
    /** Ctrl-C or SIGTERM in the middle of a run, as shells have it: 128 + the number of SIGINT. */
    static final int STOPPED = 130;

    private ExitCode() {}
}
