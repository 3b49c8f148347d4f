package dev.spillway.local.cli.deployment;

import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies the output of a task's runs. A task that was retried, or lost its instance, has several. */
public final class RunOutput {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Deployment deployment;
    private final TaskId taskId;
    private final OutputStream out;

    public RunOutput(Deployment deployment, TaskId taskId, OutputStream out) {
        this.deployment = deployment;
        this.taskId = taskId;
        this.out = out;
    }

    /** What there was to copy. */
    public sealed interface Outcome {

        /** All that there is, or was until the end of the task. */
        record Copied() implements Outcome {}

        /** There is no such task. */
        record NoTask() implements Outcome {}

        /**
         * There was no such run.
         *
         * @param runs how many there were
         */
        record NoRun(TaskRecord record, int runs) implements Outcome {}

        /** The run has written nothing that is kept. */
        record NoOutput(TaskRecord record, String run) implements Outcome {}

        /** The person did not want to see the end. */
        record Stopped() implements Outcome {}
    }

    /**
     * Copies what one run has written until now.
     *
     * @param number from 1; null for the last one
     */
    public Outcome copy(@Nullable Integer number) throws IOException, NoLogException {
        Optional<TaskRecord> record = deployment.store().find(taskId);
        if (record.isEmpty()) {
            return new Outcome.NoTask();
        }
        List<String> runs = runs(record.get());
        int wanted = number == null ? runs.size() : number;
        if (wanted < 1 || wanted > runs.size()) {
            return new Outcome.NoRun(record.get(), runs.size());
        }
        String run = runs.get(wanted - 1);
        return deployment.logs().tail(record.get(), run).copyTo(out)
                ? new Outcome.Copied()
                : new Outcome.NoOutput(record.get(), run);
    }

    /** Copies what the present run writes, and what those write that follow it, until the task has ended. */
    public Outcome follow(Pause pause) throws IOException, NoLogException {
        LogTail tail = null;
        int at = 0;
        boolean copied = false;
        while (true) {
            // The record first: what a run has written is in its log before the record says that it has ended.
            Optional<TaskRecord> record = deployment.store().find(taskId);
            if (record.isEmpty()) {
                return new Outcome.NoTask();
            }
            List<String> runs = runs(record.get());
            if (tail != null) {
                copied |= tail.copyTo(out);
            }
            if (runs.size() > at) {
                at = tail == null ? runs.size() : at + 1;
                tail = deployment.logs().tail(record.get(), runs.get(at - 1));
                continue;
            }
            if (record.get().status().isEnd()) {
                return copied ? new Outcome.Copied() : nothing(record.get(), runs);
            }
            if (pause.pause(BETWEEN_LOOKS)) {
                return new Outcome.Stopped();
            }
        }
    }

    private static Outcome nothing(TaskRecord record, List<String> runs) {
        return runs.isEmpty() ? new Outcome.NoRun(record, 0) : new Outcome.NoOutput(record, runs.getLast());
    }

    private static List<String> runs(TaskRecord record) {
        List<String> runs = new ArrayList<>(record.pastTaskArns());
        if (record.taskArn() != null) {
            runs.add(record.taskArn());
        }
        return runs;
    }
}
