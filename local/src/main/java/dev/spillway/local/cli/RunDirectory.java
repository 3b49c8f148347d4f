package dev.spillway.local.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Gives each start of the system a directory of its own. */
final class RunDirectory {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    private RunDirectory() {}

    /** Creates {@code .spillway/runs/<time>}; readable by this user only, since the output of tasks may hold secrets. */
    static Path create(Path projectDirectory, Clock clock) throws IOException {
        Path runs =
                Files.createDirectories(projectDirectory.resolve(".spillway").resolve("runs"));
        String name = NAME.format(clock.instant().atOffset(ZoneOffset.UTC));
        for (int again = 1; ; again++) {
            try {
                return Files.createDirectory(runs.resolve(again == 1 ? name : name + "-" + again), ownerOnly());
            } catch (FileAlreadyExistsException e) {
                // Another run began in this second.
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
