package dev.spillway.local.cli;

import dev.spillway.local.system.LocalSystem;
import dev.spillway.local.system.SystemFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;

/**
 * Tells the launcher that this process has loaded the classes of a whole system. The JVM writes its archive of classes
 * only once, at the end of some process; after a mere {@code --help} that archive would be worthless for ever.
 */
final class StartMark {

    private StartMark() {}

    /** A factory that marks each system that has started. */
    static SystemFactory around(SystemFactory systems, Path mark, Clock clock) {
        return options -> {
            LocalSystem system = systems.start(options);
            try {
                Files.write(mark, new byte[0]);
                Files.setLastModifiedTime(mark, FileTime.from(clock.instant()));
            } catch (IOException e) {
                // A repository that cannot be written to starts more slowly, and that is all.
            }
            return system;
        };
    }
}
