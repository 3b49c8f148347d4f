package dev.spillway.common.message;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.RetryRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds retry rules that can never match: the first rule that matches decides, so that a rule is dead when the ones
 * before it take everything that it would match. A rule that only several earlier ones together make superfluous is
 * not found.
 */
final class EarlierRules {

    private final boolean onlyFunction;
    private final Map<Integer, String> decidedCodes = new HashMap<>();
    private final List<StopReason> stopReasons = new ArrayList<>();

    EarlierRules(List<CapacityType> chain) {
        this.onlyFunction = chain.equals(List.of(CapacityType.LAMBDA));
    }

    private record StopReason(String path, String glob) {}

    /** Notes why the rule can never match, if it cannot; from then on it is itself an earlier rule. */
    void checkCanMatch(RetryRule rule, Field at) {
        switch (rule) {
            case RetryRule.OnExitCode onExitCode -> {
                if (onlyFunction) {
                    at.refuse(
                            "a rule on exit codes", "none: a Lambda function has no exit code, so it can never match");
                }
                checkBehindMatchAll(at);
                for (int code : new TreeSet<>(onExitCode.exitCodes())) {
                    String decidedBy = decidedCodes.putIfAbsent(code, at.path());
                    if (decidedBy != null) {
                        at.refuse(
                                "exit code " + code + ", which " + decidedBy + " decides before",
                                "codes that no earlier rule has: for this one it can never match");
                    }
                }
            }
            case RetryRule.OnStopReason onStopReason -> {
                checkNotCovered(onStopReason.glob(), at);
                stopReasons.add(new StopReason(at.path(), onStopReason.glob()));
            }
        }
    }

    /** Every task that ECS stopped has a stop reason, so that {@code *} decides whatever reaches it. */
    private void checkBehindMatchAll(Field at) {
        stopReasons.stream()
                .filter(earlier -> Glob.covers(earlier.glob(), "*"))
                .findFirst()
                .ifPresent(earlier -> at.refuse(
                        "a rule behind " + earlier.path() + ", which matches every stop reason",
                        "it before that one, or left out: it can never match"));
    }

    private void checkNotCovered(String glob, Field at) {
        stopReasons.stream()
                .filter(earlier -> Glob.covers(earlier.glob(), glob))
                .findFirst()
                .ifPresent(earlier -> at.refuse(
                        "stop reason " + Shown.quoted(glob) + ", all of which " + earlier.path() + " decides before",
                        "it before that one, or left out: it can never match"));
    }
}
