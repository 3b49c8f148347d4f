package dev.spillway.taskstate.stop;

import dev.spillway.common.ecs.EcsTaskStopper;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.RetryRule;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges a stop. The stop codes are those of the ECS API (API reference, Task, {@code stopCode}); the reasons are those
 * of the ECS developer guide, "Stopped task error messages".
 */
public final class StopJudgement {

    /** What the sweep gives as the reason when it stops a task for its timeout. */
    public static final String TIMED_OUT = "timed out";

    /** What begins the reason when an instance has to go and its tasks with it. */
    public static final String DRAINED = "drained";

    /** A pull, a secret or a volume that failed three times will not work the fourth time. */
    private static final int MAX_START_FAILURES = 3;

    private static final List<String> START_FAILURES = List.of(
            "CannotPull",
            "CannotInspectContainerError",
            "pull command failed",
            "PullImage",
            "ImagePull",
            "ResourceInitializationError",
            "EFS utils");

    /** Trouble of the host or of AWS, not of the job. */
    private static final List<String> HOST_FAILURES = List.of(
            "Host EC2",
            "Timeout waiting for network interface provisioning",
            "Capacity is unavailable",
            "DockerTimeoutError",
            "AgentError",
            "InternalError",
            "unexpected EC2 error");

    private final int maxLosses;

    /** @param maxLosses how often a task is released again after a loss, before it fails */
    public StopJudgement(int maxLosses) {
        this.maxLosses = maxLosses;
    }

    /** Judges. Pure: the same stop gives the same verdict. */
    public Verdict judge(Stop stop) {
        if (stop.stoppedReason().startsWith(EcsTaskStopper.REASON_PREFIX)) {
            return stoppedByUs(stop, stop.stoppedReason().substring(EcsTaskStopper.REASON_PREFIX.length()));
        }
        if (isHostFailure(stop)) {
            return lost(stop, words(stop), maxLosses);
        }
        return switch (stop.stopCode() == null ? "" : stop.stopCode()) {
            case "SpotInterruption", "TerminationNotice", "InfrastructureHealth", "ServiceSchedulerInitiated" ->
                lost(stop, words(stop), maxLosses);
            case "TaskFailedToStart" -> neverStarted(stop);
            case "UserInitiated" -> new Verdict.Failed("stopped by a user: " + words(stop), firstExit(stop));
            default -> exited(stop);
        };
    }

    /** Judges the failure of a function: there is no exit code, only what Lambda says. */
    public Verdict judgeFunction(String error, RetryPolicy retry, int attempt) {
        return failed(new Stop(null, error, List.of(), retry, attempt, 0), error, null);
    }

    private Verdict stoppedByUs(Stop stop, String reason) {
        if (reason.startsWith(TIMED_OUT)) {
            return new Verdict.TimedOut(reason);
        }
        return reason.startsWith(DRAINED)
                ? lost(stop, reason, maxLosses)
                : new Verdict.Failed("stopped by Spillway: " + reason, firstExit(stop));
    }

    /** No container ran; ECS often lists none at all. */
    private Verdict neverStarted(Stop stop) {
        String words = words(stop);
        boolean passing = START_FAILURES.stream().anyMatch(words::contains);
        // With no reason at all, nothing speaks against the job: it may start elsewhere.
        if (passing || words.equals("TaskFailedToStart")) {
            return lost(stop, words, Math.min(MAX_START_FAILURES, maxLosses));
        }
        return failed(stop, words, firstExit(stop));
    }

    private Verdict exited(Stop stop) {
        Optional<Stop.Exit> bad = stop.essential().stream()
                .filter(e -> e.exitCode() == null || e.exitCode() != 0)
                .findFirst();
        if (bad.isEmpty()) {
            return stop.essential().isEmpty()
                    ? lost(stop, words(stop), Math.min(MAX_START_FAILURES, maxLosses))
                    : new Verdict.Succeeded();
        }
        Stop.Exit exit = bad.get();
        String why = exit.exitCode() == null
                ? "an essential container never ran: " + words(stop)
                : "exit code " + exit.exitCode() + (exit.reason().isEmpty() ? "" : " (" + exit.reason() + ")");
        return failed(stop, why, exit.exitCode());
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

    private static Stream<String> reasons(Stop stop) {
        return Stream.concat(
                Stream.of(stop.stoppedReason()), stop.essential().stream().map(Stop.Exit::reason));
    }

    private static Verdict lost(Stop stop, String why, int bound) {
        return stop.losses() < bound
                ? new Verdict.Lost(why)
                : new Verdict.Failed("lost " + (stop.losses() + 1) + " times, the last time: " + why, null);
    }

    private static boolean isHostFailure(Stop stop) {
        return reasons(stop).anyMatch(reason -> HOST_FAILURES.stream().anyMatch(reason::contains));
    }

    private static @Nullable Integer firstExit(Stop stop) {
        return stop.essential().stream()
                .map(Stop.Exit::exitCode)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What ECS says: the task's reason, or else a container's, or else the code. */
    private static String words(Stop stop) {
        return reasons(stop)
                .filter(reason -> !reason.isBlank())
                .findFirst()
                .orElse(stop.stopCode() == null ? "no reason given" : stop.stopCode());
    }
}
