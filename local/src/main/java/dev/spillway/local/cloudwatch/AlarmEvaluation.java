package dev.spillway.local.cloudwatch;

import dev.spillway.local.cloudwatch.Verdict.Datapoint;
import dev.spillway.local.cloudwatch.math.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * Judges the data points of the evaluation range (CloudWatch user guide, "Evaluating an alarm" and "How alarm state is
 * evaluated when data is missing"). As many of the newest real data points are judged as the alarm has evaluation
 * periods; only where there are fewer, missing ones are filled in.
 */
final class AlarmEvaluation {

    private AlarmEvaluation() {}

    /** @param range the beginnings of the periods of the evaluation range, ascending */
    static Verdict evaluate(AlarmCondition condition, Series series, List<Instant> range) {
        List<Datapoint> real = new ArrayList<>();
        for (Instant at : range) {
            Double value = series.at(at);
            if (value != null) {
                real.add(new Datapoint(at, value));
            }
        }
        int wanted = condition.evaluationPeriods();
        List<Datapoint> judged = real.subList(Math.max(0, real.size() - wanted), real.size());
        int breaching = (int) judged.stream()
                .filter(point -> condition.breaches(point.value()))
                .count();
        int filled = wanted - judged.size();
        if (breaching >= condition.datapointsToAlarm()) {
            // Whatever the missing ones had been.
            return new Verdict.Is(StateValue.ALARM, judged, 0);
        }
        if (filled == 0) {
            return new Verdict.Is(StateValue.OK, judged, 0);
        }
        return switch (condition.missing()) {
            case BREACHING ->
                new Verdict.Is(
                        breaching + filled >= condition.datapointsToAlarm() ? StateValue.ALARM : StateValue.OK,
                        judged,
                        filled);
            case NOT_BREACHING -> new Verdict.Is(StateValue.OK, judged, filled);
            case IGNORE ->
                breaching < judged.size() ? new Verdict.Is(StateValue.OK, judged, filled) : new Verdict.Stays(judged);
            case MISSING -> new Verdict.Is(withMissing(condition, range, judged, breaching), judged, filled);
        };
    }

    /**
     * Missing data points stay missing. Where all others breach, it depends on the oldest: an alarm is in ALARM if that is
     * at least as old as the data points to alarm, and not before, since the next data point may not breach ("Avoiding
     * premature transitions to alarm state"). The guide does not name the state until then; an older edition of its
     * table does: insufficient data.
     */
    private static StateValue withMissing(
            AlarmCondition condition, List<Instant> range, List<Datapoint> judged, int breaching) {
        if (breaching < judged.size()) {
            return StateValue.OK;
        }
        if (judged.isEmpty()) {
            return StateValue.INSUFFICIENT_DATA;
        }
        int age = range.size() - range.indexOf(judged.getFirst().at());
        return age >= condition.datapointsToAlarm() ? StateValue.ALARM : StateValue.INSUFFICIENT_DATA;
    }
}
