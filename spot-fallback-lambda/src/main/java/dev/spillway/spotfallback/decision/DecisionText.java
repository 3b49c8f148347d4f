package dev.spillway.spotfallback.decision;

import dev.spillway.spotfallback.decision.Decision.Numbers;
import java.util.Locale;

/** A decision for who reads the function's log. */
public final class DecisionText {

    private DecisionText() {}

    /** What becomes of the group and why, without a full stop. */
    public static String of(Decision decision) {
        return switch (decision) {
            case Decision.ScaleOut out -> change("grows", out.to(), out.numbers()) + missing(out.numbers());
            case Decision.ScaleIn in -> change("shrinks", in.to(), in.numbers()) + missing(in.numbers());
            case Decision.NoAction none -> stays(none.numbers()) + why(none.reason(), none.numbers());
            case Decision.Unknown unknown -> "the on-demand group stays as it is: " + unknown.what() + " is not known";
            case Decision.TargetChanged changed ->
                "the on-demand group stays as it is: what is wanted of Spot has changed, of " + changed.what();
        };
    }

    private static String change(String how, int to, Numbers numbers) {
        return "the on-demand group %s from %d to %d (bounds %d to %d): "
                .formatted(how, numbers.desired(), to, numbers.min(), numbers.max());
    }

    private static String stays(Numbers numbers) {
        return "the on-demand group stays at %d (bounds %d to %d): "
                .formatted(numbers.desired(), numbers.min(), numbers.max());
    }

    private static String why(Decision.Reason reason, Numbers numbers) {
        return switch (reason) {
            case ENOUGH -> missing(numbers);
            case PENDING_UNTIL_RECENTLY -> missing(numbers) + ", and more was until recently";
            case AT_MAXIMUM -> missing(numbers) + ", %d more than it may have".formatted(numbers.shortfall());
        };
    }

    private static String missing(Numbers numbers) {
        return numbers.pending() == 0
                ? "no Spot capacity is missing"
                : String.format(
                        Locale.ROOT,
                        "Spot does not give %s units%s, which are %d instances",
                        number(numbers.pending()),
                        numbers.note().isEmpty() ? "" : " (" + numbers.note() + ")",
                        numbers.wanted());
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
