package dev.spillway.local.cloudwatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.cloudwatch.Verdict.Datapoint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Why an alarm is in its state, in CloudWatch's words as its user guide shows them ("Alarm events and EventBridge"). */
final class AlarmReason {

    /** Of an alarm that was not evaluated yet. */
    static final String INITIAL = "Unchecked: Initial alarm creation";

    /** As events and notifications write instants. */
    static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter DATAPOINT =
            DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private AlarmReason() {}

    static String of(AlarmCondition condition, Verdict.Is verdict) {
        if (verdict.state() == StateValue.INSUFFICIENT_DATA) {
            return "Insufficient Data: " + counted(verdict.filled(), "datapoint was", "datapoints were") + " unknown.";
        }
        boolean alarm = verdict.state() == StateValue.ALARM;
        if (verdict.filled() > 0) {
            return withMissing(condition, verdict, alarm);
        }
        List<Datapoint> telling = verdict.datapoints().stream()
                .filter(point -> condition.breaches(point.value()) == alarm)
                .toList();
        int minimum = alarm
                ? condition.datapointsToAlarm()
                : condition.evaluationPeriods() - condition.datapointsToAlarm() + 1;
        return "Threshold Crossed: %d out of the last %d datapoints %s %s (minimum %s for %s transition)."
                .formatted(
                        telling.size(),
                        verdict.datapoints().size(),
                        listed(telling),
                        compared(condition, telling.size(), alarm),
                        counted(minimum, "datapoint", "datapoints"),
                        alarm ? "OK -> ALARM" : "ALARM -> OK");
    }

    private static String withMissing(AlarmCondition condition, Verdict.Is verdict, boolean alarm) {
        String treated = "%s treated as [%s]"
                .formatted(
                        counted(verdict.filled(), "missing datapoint was", "missing datapoints were"),
                        treated(condition.missing()));
        if (verdict.datapoints().isEmpty()) {
            return "Threshold Crossed: no datapoints were received for %s and %s."
                    .formatted(counted(verdict.filled(), "period", "periods"), treated);
        }
        List<Datapoint> telling = verdict.datapoints().stream()
                .filter(point -> condition.breaches(point.value()) == alarm)
                .toList();
        if (telling.isEmpty()) {
            return "Threshold Crossed: %s.".formatted(treated);
        }
        return "Threshold Crossed: %s %s %s and %s."
                .formatted(
                        counted(telling.size(), "datapoint", "datapoints"),
                        listed(telling),
                        compared(condition, telling.size(), alarm),
                        treated);
    }

    private static String treated(MissingData missing) {
        return switch (missing) {
            case BREACHING -> "Breaching";
            case NOT_BREACHING -> "NonBreaching";
            case IGNORE -> "Ignored";
            case MISSING -> "Missing";
        };
    }

    private static String compared(AlarmCondition condition, int count, boolean breaching) {
        return "%s%s %s the threshold (%s)"
                .formatted(
                        count == 1 ? "was" : "were",
                        breaching ? "" : " not",
                        words(condition.comparison()),
                        condition.threshold());
    }

    private static String words(ComparisonOperator comparison) {
        return comparison
                .name()
                .toLowerCase(Locale.ROOT)
                .replace("_threshold", "")
                .replace('_', ' ');
    }

    /** Newest first. */
    private static String listed(List<Datapoint> datapoints) {
        return new ArrayList<>(datapoints)
                .reversed().stream()
                        .map(point -> point.value() + " (" + DATAPOINT.format(point.at()) + ")")
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    /** The same for machines. */
    static String data(Alarm.Definition definition, Verdict verdict, Instant now) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("version", "1.0");
        data.put("queryDate", TIMESTAMP.format(now));
        if (!verdict.datapoints().isEmpty()) {
            data.put(
                    "startDate",
                    TIMESTAMP.format(verdict.datapoints().getFirst().at()));
        }
        if (definition.single()) {
            data.put("statistic", definition.statName());
        }
        data.put("period", definition.period().toSeconds());
        verdict.datapoints().forEach(point -> data.withArray("recentDatapoints").add(point.value()));
        data.put("threshold", definition.condition().threshold());
        return data.toString();
    }
}
