package dev.spillway.common.message;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.RetryRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads how often a job may run, and the rules that say which of its ends are worth another run. */
final class RetryReader {

    private static final String EXIT_CODE_WANTS =
            "an exit code from 1 to 255 (0 is a success, and a success is not retried), or an array of different ones";

    private static final Map<String, RetryRule.Action> ACTIONS =
            Map.of("retry", RetryRule.Action.RETRY, "fail", RetryRule.Action.FAIL);

    private RetryReader() {}

    static RetryPolicy read(@Nullable Field field, List<CapacityType> chain) {
        Fields retry = field == null ? null : field.fields("an object with attempts and rules");
        if (retry == null) {
            return RetryPolicy.NONE;
        }
        retry.allowOnly(Set.of("attempts", "rules"));
        // No default: rules under a single attempt would be a retry that never comes.
        String wants = "a whole number from 1 to " + RetryPolicy.MAX_ATTEMPTS;
        Field attempts = retry.require("attempts", wants);
        Integer number = attempts == null ? null : attempts.wholeNumber(1, RetryPolicy.MAX_ATTEMPTS, wants);
        List<RetryRule> rules = rules(retry.get("rules"), chain);
        return number == null ? RetryPolicy.NONE : new RetryPolicy(number, rules);
    }

    private static List<RetryRule> rules(@Nullable Field field, List<CapacityType> chain) {
        String wants = "an array of at most " + RetryPolicy.MAX_RULES + " rules";
        List<Field> items = field == null ? null : field.items(wants);
        if (field == null || items == null) {
            return List.of();
        }
        if (items.size() > RetryPolicy.MAX_RULES) {
            field.refuse(wants);
            return List.of();
        }
        List<RetryRule> rules = new ArrayList<>();
        EarlierRules earlier = new EarlierRules(chain);
        for (Field item : items) {
            RetryRule rule = rule(item);
            if (rule != null) {
                earlier.checkCanMatch(rule, item);
                rules.add(rule);
            }
        }
        return rules;
    }

    private static @Nullable RetryRule rule(Field item) {
        Fields rule = item.fields("an object with an action, and exitCode or stopReason");
        if (rule == null) {
            return null;
        }
        rule.allowOnly(Set.of("exitCode", "stopReason", "action"));
        Field exitCode = rule.get("exitCode");
        Field stopReason = rule.get("stopReason");
        String wants = "retry or fail";
        Field actionField = rule.require("action", wants);
        RetryRule.Action action = actionField == null ? null : actionField.oneOf(ACTIONS, wants);
        if (exitCode != null && stopReason != null) {
            item.refuse("both exitCode and stopReason", "exactly one of them");
            return null;
        }
        if (exitCode != null) {
            Set<Integer> codes = exitCodes(exitCode);
            return action == null || codes == null ? null : new RetryRule.OnExitCode(codes, action);
        }
        if (stopReason != null) {
            String glob = stopReason.text(Form.STOP_REASON);
            return action == null || glob == null ? null : new RetryRule.OnStopReason(glob, action);
        }
        item.refuse("neither exitCode nor stopReason", "exactly one of them");
        return null;
    }

    /** The codes of a rule; null where something is wrong with one of them. */
    private static @Nullable Set<Integer> exitCodes(Field field) {
        if (!(field.value() instanceof Json.ArrayValue)) {
            Integer code = field.wholeNumber(1, 255, EXIT_CODE_WANTS);
            return code == null ? null : Set.of(code);
        }
        List<Field> items = field.items(EXIT_CODE_WANTS);
        if (items == null || items.isEmpty()) {
            field.refuse(EXIT_CODE_WANTS);
            return null;
        }
        Set<Integer> codes = new LinkedHashSet<>();
        boolean good = true;
        for (Field item : items) {
            Integer code = item.wholeNumber(1, 255, EXIT_CODE_WANTS);
            if (code != null && !codes.add(code)) {
                item.refuse(code + " a second time", "every exit code once");
            }
            good &= code != null;
        }
        return good ? codes : null;
    }
}
