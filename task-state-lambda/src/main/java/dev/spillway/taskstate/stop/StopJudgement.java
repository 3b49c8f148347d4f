package dev.spillway.taskstate.stop;

import dev.spillway.common.ecs.EcsTaskStopper;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.RetryRule;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges a stop. The stop codes are those of the ECS API (API reference, Task, {@code stopCode}); the reasons are those
 * of the ECS developer guide, "Stopped task error messages".
 *
 * <p>A reason is known by how it begins, never by what it contains: the text behind the name of an error quotes the
 * job's own command and image, and a job must not be able to declare its failure to be the infrastructure's.
 */
public final class StopJudgement {

    /** What the sweep gives as the reason when it stops a task for its timeout. */
    public static final String TIMED_OUT = "timed out";

    /** A pull, a secret or a volume that failed three times will not work the fourth time. */
    private static final int MAX_START_FAILURES = 3;

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

    /** Reasons that only repeat the stop code, without spaces and in lower case: a container's says more. */
    private static final Set<String> SAYS_NOTHING = Set.of("", "taskfailedtostart", "essentialcontainerintaskexited");

    /** With SIGTERM and SIGKILL, ECS ends the other containers once an essential one has exited. */
    private static final Set<Integer> ENDED_BY_ECS = Set.of(137, 143);

    private static final String NEVER_RAN = "an essential container never ran: ";

    private final int maxLosses;

    /** @param maxLosses how often a task is released again after a loss, before it fails */
    public StopJudgement(int maxLosses) {
        this.maxLosses = maxLosses;
    }

    /** Whether Spillway itself stopped the task because nobody wanted it: a stray, or a launch given up. */
    public static boolean isUnwanted(String stoppedReason) {
        return stoppedReason.startsWith(EcsTaskStopper.REASON_PREFIX)
                && !ours(stoppedReason).startsWith(TIMED_OUT)
                && !ours(stoppedReason).startsWith(EcsTaskStopper.DRAINED);
    }

    /** Judges. Pure: the same stop gives the same verdict. */
    public Verdict judge(Stop stop) {
        if (stop.stoppedReason().startsWith(EcsTaskStopper.REASON_PREFIX)) {
            return stoppedByUs(stop, ours(stop.stoppedReason()));
        }
        return switch (stop.stopCode() == null ? "" : stop.stopCode()) {
            case "SpotInterruption", "TerminationNotice", "InfrastructureHealth", "ServiceSchedulerInitiated" ->
                lost(stop, words(stop));
            case "TaskFailedToStart" -> neverStarted(stop);
            case "UserInitiated" -> stoppedByUser(stop);
            default -> exited(stop);
        };
    }

    /** Judges the failure of a function: there is no exit code, only what Lambda says. */
    public Verdict judgeFunction(String error, RetryPolicy retry, int attempt) {
        return failed(new Stop(null, error, List.of(), retry, attempt, 0), error, null);
    }

    /** Whatever Spillway's own reason is, the job is not at fault, and a person's cancel has ended the record before. */
    private Verdict stoppedByUs(Stop stop, String reason) {
        return reason.startsWith(TIMED_OUT)
                ? new Verdict.TimedOut(reason)
                : lost(stop, "stopped by Spillway: " + reason);
    }

    private Verdict stoppedByUser(Stop stop) {
        return stop.stoppedReason().startsWith(INSTANCE_TAKEN)
                ? lost(stop, words(stop))
                : new Verdict.Failed(
                        "stopped by a user: " + words(stop),
                        decisive(stop).map(Stop.Exit::exitCode).orElse(null));
    }

    /** No container ran; ECS often lists none at all. */
    private Verdict neverStarted(Stop stop) {
        Optional<Stop.Exit> decisive = decisive(stop);
        boolean ran = decisive.isPresent() && decisive.get().exitCode() != null;
        if (begins(stop, BAD_COMMAND) || (ran && !begins(stop, START_FAILURES))) {
            return exited(stop);
        }
        boolean noPlace = begins(stop, HOST_FAILURES) || begins(stop, NOT_PLACED);
        return notStarted(stop, words(stop), noPlace ? maxLosses : MAX_START_FAILURES);
    }

    private Verdict exited(Stop stop) {
        // Before the exit codes: what a dying host ends with a signal may still exit with 0, its work half done.
        if (begins(stop, HOST_FAILURES)) {
            return lost(stop, words(stop));
        }
        Optional<Stop.Exit> decisive = decisive(stop);
        if (decisive.isEmpty() && !stop.essential().isEmpty()) {
            return new Verdict.Succeeded();
        }
        if (decisive.isEmpty()) {
            return begins(stop, BAD_COMMAND)
                    ? failed(stop, NEVER_RAN + words(stop), null)
                    : notStarted(stop, words(stop), MAX_START_FAILURES);
        }
        Stop.Exit exit = decisive.get();
        if (exit.exitCode() == null) {
            return begins(stop, START_FAILURES)
                    ? notStarted(stop, words(stop), MAX_START_FAILURES)
                    : failed(stop, NEVER_RAN + words(stop), null);
        }
        String why = "exit code " + exit.exitCode() + (exit.reason().isEmpty() ? "" : " (" + exit.reason() + ")");
        return failed(stop, why, exit.exitCode());
    }

    /**
     * The essential container that brought the task down; empty if all exited with 0. ECS does not say which was first,
     * but it ends the others with signals: one that failed by itself goes before one that looks so ended.
     */
    private static Optional<Stop.Exit> decisive(Stop stop) {
        return stop.essential().stream()
                .filter(e -> e.exitCode() == null || e.exitCode() != 0)
                .min(Comparator.comparingInt(StopJudgement::likelihoodRank));
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

    private static Verdict failed(Stop stop, String why, @Nullable Integer exitCode) {
        RetryRule.Action action = stop.retry().rules().stream()
                .filter(rule -> matches(rule, stop, exitCode))
                .map(RetryRule::action)
                .findFirst()
                .orElse(RetryRule.Action.RETRY);
        boolean again = action == RetryRule.Action.RETRY
                && stop.attempt() < stop.retry().attempts();
        return again ? new Verdict.Retry(why, exitCode) : new Verdict.Failed(why, exitCode);
    }

    private static boolean matches(RetryRule rule, Stop stop, @Nullable Integer exitCode) {
        return switch (rule) {
            case RetryRule.OnExitCode onCode ->
                exitCode != null && onCode.exitCodes().contains(exitCode);
            case RetryRule.OnStopReason onReason ->
                reasons(stop).anyMatch(reason -> StopReasonGlob.matches(onReason.glob(), reason));
        };
    }

    private Verdict lost(Stop stop, String why) {
        return stop.losses() < maxLosses ? new Verdict.Lost(why) : givenUp(stop, why);
    }

    private Verdict notStarted(Stop stop, String why, int bound) {
        return stop.losses() < Math.min(bound, maxLosses) ? new Verdict.NotStarted(why) : givenUp(stop, why);
    }

    private static Verdict givenUp(Stop stop, String why) {
        int times = stop.losses() + 1;
        return new Verdict.Failed(
                times == 1 ? "lost: " + why : "lost " + times + " times, the last time: " + why, null);
    }

    private static String ours(String stoppedReason) {
        return stoppedReason.substring(EcsTaskStopper.REASON_PREFIX.length());
    }

    private static boolean begins(Stop stop, List<String> beginnings) {
        return beginnings.stream().anyMatch(beginning -> begins(stop, beginning));
    }

    /** A container that has an exit code has run: its reason is then no error of the start. */
    private static boolean begins(Stop stop, String beginning) {
        return stop.stoppedReason().startsWith(beginning)
                || stop.essential().stream()
                        .anyMatch(e -> e.exitCode() == null && e.reason().startsWith(beginning));
    }

    private static Stream<String> reasons(Stop stop) {
        return Stream.concat(
                Stream.of(stop.stoppedReason()), stop.essential().stream().map(Stop.Exit::reason));
    }

    /** What ECS says: the task's reason, or a container's where the task's says nothing, or else the code. */
    private static String words(Stop stop) {
        return reasons(stop)
                .filter(reason -> !saysNothing(reason))
                .findFirst()
                .or(() -> reasons(stop).filter(reason -> !reason.isBlank()).findFirst())
                .orElse(stop.stopCode() == null ? "no reason given" : stop.stopCode());
    }

    private static boolean saysNothing(String reason) {
        return SAYS_NOTHING.contains(reason.replace(" ", "").toLowerCase(Locale.ROOT));
    }
}
