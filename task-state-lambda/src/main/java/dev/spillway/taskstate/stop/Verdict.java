package dev.spillway.taskstate.stop;

import org.jspecify.annotations.Nullable;

/** What a stop means. */
public sealed interface Verdict {

    /** In a plain sentence. */
    String reason();

    /** The exit code that decided; null if no container has ended by itself. */
    default @Nullable Integer exitCode() {
        return null;
    }

    /** The job has done its work. */
    record Succeeded() implements Verdict {
        @Override
        public String reason() {
            return "every essential container exited with 0";
        }

        @Override
        public Integer exitCode() {
            return 0;
        }
    }

    /** The job has failed for good. */
    record Failed(String reason, @Nullable Integer exitCode) implements Verdict {}

    /** The job has failed, and runs again: the attempt is spent. */
    record Retry(String reason, @Nullable Integer exitCode) implements Verdict {}

    /** The run was lost through no fault of the job, and is made again: no attempt is spent. */
    record Lost(String reason) implements Verdict {}

    /** ECS had no place for it after all: lost like a run, but not made again at once. */
    record NotPlaced(String reason) implements Verdict {}

    /**
     * The run never began, through no fault of the job. No attempt is spent, but it is not made again at once: an image
     * that cannot be pulled now will not be there a second later.
     */
    record NotStarted(String reason) implements Verdict {}

    /** It had no instance yet, and asks for what comes next in its chain: nothing is lost, and nothing counted. */
    record MovedOn(String reason) implements Verdict {}

    /** Spillway stopped it because it ran for too long. */
    record TimedOut(String reason) implements Verdict {}
}
