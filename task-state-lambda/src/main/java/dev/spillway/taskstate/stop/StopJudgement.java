package dev.spillway.taskstate.stop;

import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.RetryRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges a stop: {@link StopReading} says why the task stopped, the bounds and the message's rules say whether it runs
 * again.
 */
public final class StopJudgement {

    /** How often in a row a start is made again: a pull, a secret or a volume that still fails then will not work. */
    private static final int MAX_FAILED_STARTS = 3;

    private final int maxLosses;

    /** @param maxLosses how often a task is released again after a loss, before it fails */
    public StopJudgement(int maxLosses) {
        this.maxLosses = maxLosses;
    }

    /** Judges. Pure: the same stop gives the same verdict. */
    public Verdict judge(Stop stop) {
        return switch (StopReading.causeOf(stop)) {
            case StopCause.Done done -> new Verdict.Succeeded();
            case StopCause.JobFailed failed -> failed(stop, failed.why(), failed.exitCode());
            case StopCause.StoppedByUser user ->
                new Verdict.Failed("stopped by a user: " + user.why(), user.exitCode());
            case StopCause.TimedOut late -> new Verdict.TimedOut(late.why());
            case StopCause.WaitedTooLong late -> new Verdict.Failed(late.why(), null);
            case StopCause.Lost lost ->
                stop.losses() < maxLosses ? new Verdict.Lost(lost.why()) : givenUp("lost", stop.losses(), lost.why());
            case StopCause.NotPlaced lost ->
                stop.losses() < maxLosses
                        ? new Verdict.NotPlaced(lost.why())
                        : givenUp("lost", stop.losses(), lost.why());
            case StopCause.MovedOn on -> new Verdict.MovedOn(on.why());
            case StopCause.NotStarted start ->
                stop.failedStarts() < Math.min(MAX_FAILED_STARTS, maxLosses)
                        ? new Verdict.NotStarted(start.why())
                        : givenUp("could not be started", stop.failedStarts(), start.why());
        };
    }

    /** Judges the failure of a function: there is no exit code, only what Lambda says. */
    public Verdict judgeFunction(String error, RetryPolicy retry, int attempt) {
        return failed(new Stop(null, error, List.of(), retry, attempt, 0, 0), error, null);
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
                new StopWords(stop).all().anyMatch(reason -> StopReasonGlob.matches(onReason.glob(), reason));
        };
    }

    private static Verdict givenUp(String what, int before, String why) {
        return new Verdict.Failed(
                before == 0 ? what + ": " + why : what + " " + (before + 1) + " times, the last time: " + why, null);
    }
}
