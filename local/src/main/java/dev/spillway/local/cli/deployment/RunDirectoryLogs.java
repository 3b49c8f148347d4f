package dev.spillway.local.cli.deployment;

import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.runtime.TaskLogFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The logs that a local system keeps in the directory of its run. */
final class RunDirectoryLogs implements TaskLogs {

    private final Path runDirectory;

    RunDirectoryLogs(Path runDirectory) {
        this.runDirectory = runDirectory;
    }

    @Override
    public LogTail tail(TaskRecord task, String run) {
        return new FileTail(TaskLogFile.of(runDirectory, run));
    }

    private static final class FileTail implements LogTail {

        private final Path file;
        private long copied;

        FileTail(Path file) {
            this.file = file;
        }

        @Override
        public boolean copyTo(OutputStream out) throws IOException {
            if (!Files.exists(file)) {
                return false;
            }
            try (InputStream in = Files.newInputStream(file)) {
                in.skipNBytes(copied);
                copied += in.transferTo(out);
            }
            return true;
        }
    }
}
