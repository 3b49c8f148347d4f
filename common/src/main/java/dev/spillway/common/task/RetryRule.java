package dev.spillway.common.task;

import java.util.Set;

/** One rule of a {@link RetryPolicy}. */
public sealed interface RetryRule {

    /** What to do when the rule matches. */
    Action action();

    /** What a rule decides. */
    enum Action {
        RETRY,
        FAIL
    }

    /**
     * Matches the exit code of an essential container.
     *
     * @param exitCodes codes of 0 to 255, at least one
     */
    record OnExitCode(Set<Integer> exitCodes, Action action) implements RetryRule {
        public OnExitCode {
            exitCodes = Set.copyOf(exitCodes);
        }
    }

    /**
     * Matches the reason for which ECS says that the task or one of its containers stopped.
     *
     * @param glob {@code *} stands for any characters, {@code ?} for one; case matters
     */
    record OnStopReason(String glob, Action action) implements RetryRule {}
}
