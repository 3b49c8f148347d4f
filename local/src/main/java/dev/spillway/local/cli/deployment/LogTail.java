package dev.spillway.local.cli.deployment;

import java.io.IOException;
import java.io.OutputStream;

/** A log that may still grow. */
@FunctionalInterface
public interface LogTail {

    /** Writes what has come since the last call; whether there is such a log yet. */
    boolean copyTo(OutputStream out) throws IOException;
}
