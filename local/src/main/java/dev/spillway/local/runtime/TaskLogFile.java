package dev.spillway.local.runtime;

import java.nio.file.Path;

/** Where the output of an ECS task's containers, or of an invocation, is written. */
public final class TaskLogFile {

    private TaskLogFile() {}

    /**
     * The file; it need not be there. Each run has one of its own, named as ECS names the task.
     *
     * @param run ARN of the ECS task, or request id of the invocation
     */
    public static Path of(Path runDirectory, String run) {
        String id = run.substring(run.lastIndexOf('/') + 1);
        return runDirectory.resolve("logs").resolve(FileNames.safe(id) + ".log");
    }
}
