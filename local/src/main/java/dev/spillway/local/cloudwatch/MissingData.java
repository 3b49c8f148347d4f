package dev.spillway.local.cloudwatch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What an alarm makes of a missing data point (CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data"). */
enum MissingData {
    MISSING("missing"),
    IGNORE("ignore"),
    BREACHING("breaching"),
    NOT_BREACHING("notBreaching");

    private final String name;

    MissingData(String name) {
        this.name = name;
    }

    /** None given means {@code missing}. */
    static MissingData named(@Nullable String name) {
        return name == null
                ? MISSING
                : Arrays.stream(values())
                        .filter(known -> known.name.equals(name))
                        .findFirst()
                        .orElseThrow(() -> CloudWatchErrors.invalid(
                                "The value " + name + " for parameter TreatMissingData is invalid."));
    }

    @Override
    public String toString() {
        return name;
    }
}
