package dev.spillway.local.runtime;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds out whether a command exists before a wrapper around it hides the answer behind its own exit code. */
public final class Programs {

    private Programs() {}

    /**
     * Whether the program would be found.
     *
     * @param program a name, looked up in the search path, or a path, relative to the directory
     * @param searchPath as in {@code PATH}
     * @param directory where the program would start
     */
    public static boolean exists(String program, String searchPath, Path directory) {
        return program.indexOf('/') >= 0
                ? isProgram(directory.resolve(program))
                : Stream.of(searchPath.split(File.pathSeparator)).anyMatch(dir -> isProgram(Path.of(dir, program)));
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
