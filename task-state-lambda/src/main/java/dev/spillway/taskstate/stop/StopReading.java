package dev.spillway.taskstate.stop;

import dev.spillway.common.ecs.EcsTaskStopper;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads why a task has stopped. The stop codes are those of the ECS API (API reference, Task, {@code stopCode}); the
 * reasons are those of the ECS developer guide, "Stopped task error messages".
 */
final class StopReading {

    /** Before the job's own program was asked to run. */
    private static final List<String> START_FAILURES = List.of(
            "CannotPull",
            "CannotCreateContainerError",
            "CannotCreateVolumeError",
            "ContainerNetworkingError",
            "ResourceInitializationError");

    /** A command that cannot be executed; it is the message or the definition that has to change. */
    private static final String BAD_COMMAND = "CannotStartContainerError";

    /** Trouble of the host or of AWS, not of the job. */
    private static final List<String> HOST_FAILURES = List.of(
            "Host EC2 (instance",
            "Timeout waiting for",
            "Capacity is unavailable",
            "Unexpected EC2 error",
            "DockerTimeoutError",
            "ContainerRuntimeTimeoutError",
            "CannotInspectContainerError",
            "AgentError",
            "InternalError");

    /** ECS accepted the task and then found no place for it: the name of a refusal follows, as RESOURCE:MEMORY. */
    private static final String NOT_PLACED = "TaskFailedToStart:";

    /** Somebody took the instance away, not the task; ECS calls that a user's stop too. */
    private static final String INSTANCE_TAKEN = "Container instance deregistration forced by user";

    /** With SIGTERM and SIGKILL, ECS ends the other containers once an essential one has exited. */
    private static final Set<Integer> ENDED_BY_ECS = Set.of(137, 143);

    private static final String NEVER_RAN = "an essential container never ran: ";

    private final Stop stop;
    private final StopWords words;

    private StopReading(Stop stop) {
        this.stop = stop;
        this.words = new StopWords(stop);
    }

    static StopCause causeOf(Stop stop) {
        return new StopReading(stop).cause();
    }

    private StopCause cause() {
        if (OwnStop.is(stop.stoppedReason())) {
            return stoppedByUs(OwnStop.reason(stop.stoppedReason()));
        }
        return switch (stop.stopCode() == null ? "" : stop.stopCode()) {
            case "SpotInterruption", "TerminationNotice", "InfrastructureHealth", "ServiceSchedulerInitiated" ->
                new StopCause.Lost(words.shown());
            case "TaskFailedToStart" -> neverStarted();
            case "UserInitiated" -> stoppedByUser();
            default -> exited();
        };
    }

    /** Whatever Spillway's own reason is, the job is not at fault, and a person's cancel has ended the record before. */
    private static StopCause stoppedByUs(String reason) {
        if (reason.startsWith(OwnStop.TIMED_OUT)) {
            return new StopCause.TimedOut(reason);
        }
        if (reason.startsWith(OwnStop.WAITED_TOO_LONG)) {
            return new StopCause.WaitedTooLong(reason);
        }
        return reason.startsWith(EcsTaskStopper.MOVES_ON)
                ? new StopCause.MovedOn(reason)
                : new StopCause.Lost("stopped by Spillway: " + reason);
    }

    private StopCause stoppedByUser() {
        return stop.stoppedReason().startsWith(INSTANCE_TAKEN)
                ? new StopCause.Lost(words.shown())
                : new StopCause.StoppedByUser(
                        words.shown(), decisive().map(Stop.Exit::exitCode).orElse(null));
    }

    /** No container ran; ECS often lists none at all. */
    private StopCause neverStarted() {
        if (stop.lackedInstance() && !words.begin(START_FAILURES) && !words.begin(NOT_PLACED)) {
            // ECS does not look for an instance for ever. Its words for that are in no document.
            return new StopCause.MovedOn("ECS found no instance for it: " + words.shown());
        }
        Optional<Stop.Exit> decisive = decisive();
        boolean ran = decisive.isPresent() && decisive.get().exitCode() != null;
        if (words.begin(BAD_COMMAND) || (ran && !words.begin(START_FAILURES))) {
            return exited();
        }
        return words.begin(HOST_FAILURES) || words.begin(NOT_PLACED)
                ? new StopCause.NotPlaced(words.shown())
                : new StopCause.NotStarted(words.shown());
    }

    private StopCause exited() {
        // Before the exit codes: what a dying host ends with a signal may still exit with 0, its work half done.
        if (words.begin(HOST_FAILURES)) {
            return new StopCause.Lost(words.shown());
        }
        Optional<Stop.Exit> decisive = decisive();
        if (decisive.isEmpty()) {
            return stop.essential().isEmpty() ? endedWithoutContainers() : new StopCause.Done();
        }
        Stop.Exit exit = decisive.get();
        if (exit.exitCode() == null) {
            return words.begin(START_FAILURES) ? new StopCause.NotStarted(words.shown()) : neverRan();
        }
        String why = "exit code " + exit.exitCode() + (exit.reason().isEmpty() ? "" : " (" + exit.reason() + ")");
        return new StopCause.JobFailed(why, exit.exitCode());
    }

    private StopCause endedWithoutContainers() {
        return words.begin(BAD_COMMAND) ? neverRan() : new StopCause.NotStarted(words.shown());
    }

    private StopCause neverRan() {
        return new StopCause.JobFailed(NEVER_RAN + words.shown(), null);
    }

    /**
     * The essential container that brought the task down; empty if all exited with 0. ECS does not say which was first,
     * but it ends the others with signals: one that failed by itself goes before one that looks so ended.
     */
    private Optional<Stop.Exit> decisive() {
        return stop.essential().stream()
                .filter(e -> e.exitCode() == null || e.exitCode() != 0)
                .min(Comparator.comparingInt(StopReading::likelihoodRank));
    }

    private static int likelihoodRank(Stop.Exit exit) {
        if (!exit.reason().isBlank()) {
            return exit.exitCode() != null ? 0 : 2;
        }
        if (exit.exitCode() == null) {
            return 4;
        }
        return ENDED_BY_ECS.contains(exit.exitCode()) ? 3 : 1;
    }
}
