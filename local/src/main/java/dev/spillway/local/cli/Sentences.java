package dev.spillway.local.cli;

import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.cli.text.PlainText;

/** What more than one command has to say. */
final class Sentences {

    private Sentences() {}

    static String noTask(TaskId taskId) {
        return "There is no task " + taskId
                + ". Its message may not have been read yet; ./spillway list shows all tasks.";
    }

    /** {@code FAILED: exit code 3}. */
    static String statusOf(TaskRecord record) {
        String reason = record.reason();
        return record.status() + (reason == null ? "" : ": " + PlainText.line(reason));
    }
}
