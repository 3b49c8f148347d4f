package dev.spillway.local.cli;

import java.nio.file.Path;

/** The log of the functions and of the local system: a file in the directory of the run. */
final class RunLog {

    private static final String FILE = "spillway.log";

    private RunLog() {}

    /** Sends the log there. Has no effect once anything has been logged, so it comes before the system is started. */
    static Path into(Path runDirectory) {
        Path file = runDirectory.resolve(FILE);
        System.setProperty("log4j2.configurationFile", "log4j2-local.xml");
        System.setProperty("spillway.log", file.toString());
        return file;
    }
}
