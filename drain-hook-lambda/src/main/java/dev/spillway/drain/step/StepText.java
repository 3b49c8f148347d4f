package dev.spillway.drain.step;

import dev.spillway.drain.step.DrainStep.Held;
import java.util.List;
import java.util.stream.Collectors;

/** The steps with an instance for who reads the function's log. */
public final class StepText {

    private StepText() {}

    /** What was done, without a full stop. */
    public static String of(List<DrainStep> taken) {
        return taken.isEmpty()
                ? "nothing was done"
                : taken.stream().map(StepText::of).collect(Collectors.joining(", "));
    }

    private static String of(DrainStep step) {
        return switch (step) {
            case DrainStep.Drain drain -> "set to DRAINING";
            case DrainStep.LookAtTasks look -> "looked at its tasks";
            case DrainStep.Heartbeat heartbeat -> "waited for: " + held(heartbeat.held());
            case DrainStep.StopTasks stop ->
                "stopped %d tasks, for its time is nearly up: %s"
                        .formatted(stop.tasks().size(), held(stop.held()));
            case DrainStep.Complete complete -> "let go: " + why(complete.reason()) + stopped(complete.tasks());
            case DrainStep.Leave leave -> "left as it is: " + why(leave.reason());
        };
    }

    private static String held(Held held) {
        return "%d tasks run and %d are stopping; it waits since %s, and they are stopped from %s on"
                .formatted(held.holding(), held.leaving(), held.since(), held.stopAfter());
    }

    private static String stopped(List<String> tasks) {
        return tasks.isEmpty() ? "" : ", with %d tasks that were stopped".formatted(tasks.size());
    }

    private static String why(DrainStep.Reason reason) {
        return switch (reason) {
            case NOT_IN_THE_CLUSTER -> "it is not in the cluster";
            case NO_TASK_HOLDS_IT -> "no task holds it";
            case TIME_IS_UP -> "its time is up";
            case LOST -> "it is unhealthy and its agent does not answer";
            case DRAINING_ALREADY -> "it drains already";
            case NOT_REPLACED -> "nobody replaces it before EC2 takes it";
        };
    }
}
