package dev.spillway.local.cloudwatch;

import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;

/**
 * When an alarm is in ALARM: "M out of N".
 *
 * @param evaluationPeriods N, how many data points are judged
 * @param datapointsToAlarm M, how many of them must be breaching
 * @param comparison how a data point breaches
 * @param threshold what it is compared with
 * @param missing what a missing data point counts as
 */
record AlarmCondition(
        int evaluationPeriods,
        int datapointsToAlarm,
        ComparisonOperator comparison,
        double threshold,
        MissingData missing) {

    /**
     * Data points that are looked at beyond N, for when some are missing. CloudWatch does not say how many; its examples
     * have N = 3 and look at 5 (user guide, "How alarm state is evaluated when data is missing").
     */
    private static final int EXTRA = 2;

    int evaluationRange() {
        return evaluationPeriods + EXTRA;
    }

    boolean breaches(double value) {
        return switch (comparison) {
            case GREATER_THAN_THRESHOLD -> value > threshold;
            case GREATER_THAN_OR_EQUAL_TO_THRESHOLD -> value >= threshold;
            case LESS_THAN_THRESHOLD -> value < threshold;
            case LESS_THAN_OR_EQUAL_TO_THRESHOLD -> value <= threshold;
            case LESS_THAN_LOWER_OR_GREATER_THAN_UPPER_THRESHOLD,
                    LESS_THAN_LOWER_THRESHOLD,
                    GREATER_THAN_UPPER_THRESHOLD,
                    UNKNOWN_TO_SDK_VERSION -> throw new UnsupportedOperationException(comparison + " is not simulated");
        };
    }
}
