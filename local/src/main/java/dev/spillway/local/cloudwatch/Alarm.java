package dev.spillway.local.cloudwatch;

import dev.spillway.local.cloudwatch.math.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** An alarm and the state that it is in. Guarded by the lock of {@link Alarms}. */
final class Alarm {

    /** A state, since when, and why. */
    record State(StateValue value, String reason, @Nullable String reasonData, Instant since) {}

    /**
     * What was asked for, and what is made of it.
     *
     * @param given the request
     * @param arn of the alarm
     * @param queries what it watches; one of them is returned
     * @param condition when it is in ALARM
     * @param actions by the state that they are for
     * @param updated when it was defined
     */
    record Definition(
            PutMetricAlarmRequest given,
            String arn,
            MetricQueries queries,
            AlarmCondition condition,
            Map<StateValue, Map<String, AlarmAction>> actions,
            Instant updated) {

        Definition {
            actions = Map.copyOf(actions);
        }

        boolean actionsEnabled() {
            return !Boolean.FALSE.equals(given.actionsEnabled());
        }

        /** Whether it watches one metric that is given by its name, and not a list of queries. */
        boolean single() {
            return given.metrics().isEmpty();
        }

        String statName() {
            return given.extendedStatistic() != null ? given.extendedStatistic() : given.statisticAsString();
        }

        Duration period() {
            return queries.period();
        }
    }

    private Definition definition;
    private State state;

    /** Nothing is repeated for a state that the alarm was only created in. */
    private boolean everChanged;

    Alarm(Definition definition) {
        this.definition = definition;
        this.state = new State(StateValue.INSUFFICIENT_DATA, AlarmReason.INITIAL, null, definition.updated());
    }

    Definition definition() {
        return definition;
    }

    /** Another definition of the same name leaves the state as it is (API reference, PutMetricAlarm). */
    void redefine(Definition other) {
        definition = other;
    }

    State state() {
        return state;
    }

    boolean everChanged() {
        return everChanged;
    }

    void enter(State next) {
        state = next;
        everChanged = true;
    }

    /** @param end the full minute up to which data is looked at */
    Verdict evaluate(MetricStore store, Instant end) {
        AlarmCondition condition = definition.condition();
        Periods range = Periods.until(end, definition.period(), condition.evaluationRange());
        Series series =
                definition.queries().evaluate(definition.queries().returned().getFirst(), store, range);
        return AlarmEvaluation.evaluate(condition, series, range.beginnings());
    }

    /** The actions for the state that it is in. */
    Map<String, AlarmAction> actions() {
        return definition.actionsEnabled()
                ? new LinkedHashMap<>(definition.actions().getOrDefault(state.value(), Map.of()))
                : Map.of();
    }

    MetricAlarm describe() {
        PutMetricAlarmRequest given = definition.given();
        MetricAlarm.Builder alarm = MetricAlarm.builder()
                .alarmName(given.alarmName())
                .alarmArn(definition.arn())
                .alarmDescription(given.alarmDescription())
                .alarmConfigurationUpdatedTimestamp(definition.updated())
                .actionsEnabled(definition.actionsEnabled())
                .okActions(given.okActions())
                .alarmActions(given.alarmActions())
                .insufficientDataActions(given.insufficientDataActions())
                .stateValue(state.value())
                .stateReason(state.reason())
                .stateReasonData(state.reasonData())
                .stateUpdatedTimestamp(state.since())
                .stateTransitionedTimestamp(state.since())
                .evaluationPeriods(given.evaluationPeriods())
                .datapointsToAlarm(given.datapointsToAlarm())
                .threshold(given.threshold())
                .comparisonOperator(given.comparisonOperator())
                .treatMissingData(given.treatMissingData());
        if (!definition.single()) {
            return alarm.metrics(given.metrics()).dimensions(List.of()).build();
        }
        return alarm.namespace(given.namespace())
                .metricName(given.metricName())
                .dimensions(given.dimensions())
                .statistic(given.statistic())
                .extendedStatistic(given.extendedStatistic())
                .period(given.period())
                .build();
    }
}
