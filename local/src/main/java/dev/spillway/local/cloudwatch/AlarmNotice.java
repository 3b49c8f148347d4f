package dev.spillway.local.cloudwatch;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * What an action is told.
 *
 * @param alarm as DescribeAlarms shows it, in its new state
 * @param oldState the state before; the new one itself if the action is only repeated
 * @param values the real data points that were judged, oldest first; empty if all of them were missing
 * @param at when it was judged
 */
public record AlarmNotice(MetricAlarm alarm, StateValue oldState, List<Double> values, Instant at) {

    public AlarmNotice {
        values = List.copyOf(values);
    }

    public String alarmName() {
        return alarm.alarmName();
    }

    public StateValue newState() {
        return alarm.stateValue();
    }

    /** Why the alarm is in its state, in CloudWatch's words. */
    public String reason() {
        return alarm.stateReason();
    }

    public double threshold() {
        return alarm.threshold();
    }

    /** The newest data point that was judged: what a target tracking policy compares with its target. */
    public OptionalDouble value() {
        return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(values.getLast());
    }
}
