package dev.spillway.local.cloudwatch;

import dev.spillway.local.ecs.KnownFields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Reads a request for an alarm (API reference, PutMetricAlarm), and refuses what CloudWatch or the simulation would. */
final class AlarmDefinitions {

    private static final Set<String> SINGLE =
            Set.of("Namespace", "MetricName", "Statistic", "ExtendedStatistic", "Period");
    private static final Set<ComparisonOperator> KNOWN_COMPARISONS = Set.of(
            ComparisonOperator.GREATER_THAN_THRESHOLD,
            ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            ComparisonOperator.LESS_THAN_THRESHOLD,
            ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD);
    private static final int MOST_METRICS = 10;
    private static final int MOST_ACTIONS = 5;
    private static final long LONGEST_EVALUATION_SECONDS = 86_400;

    private final CloudWatchSettings settings;
    private final Function<String, Optional<AlarmAction>> actions;

    AlarmDefinitions(CloudWatchSettings settings, Function<String, Optional<AlarmAction>> actions) {
        this.settings = settings;
        this.actions = actions;
    }

    Alarm.Definition read(PutMetricAlarmRequest request, Instant now) {
        KnownFields.require(
                request,
                "PutMetricAlarm",
                Set.of(
                        "AlarmName",
                        "AlarmDescription",
                        "ActionsEnabled",
                        "OKActions",
                        "AlarmActions",
                        "InsufficientDataActions",
                        "Namespace",
                        "MetricName",
                        "Dimensions",
                        "Statistic",
                        "ExtendedStatistic",
                        "Period",
                        "EvaluationPeriods",
                        "DatapointsToAlarm",
                        "Threshold",
                        "ComparisonOperator",
                        "TreatMissingData",
                        "Metrics"));
        String name = required(request.alarmName(), "AlarmName");
        if (name.isEmpty() || name.length() > 255) {
            throw CloudWatchErrors.invalid("AlarmName must have 1 to 255 characters.");
        }
        AlarmCondition condition = condition(request);
        MetricQueries queries = queries(request);
        if (queries.period().toSeconds() * condition.evaluationPeriods() > LONGEST_EVALUATION_SECONDS) {
            throw CloudWatchErrors.invalid("Metrics cannot be checked across more than a day:"
                    + " EvaluationPeriods times Period must not be above 86,400 seconds.");
        }
        return new Alarm.Definition(request, settings.alarmArn(name), queries, condition, actions(request), now);
    }

    private static AlarmCondition condition(PutMetricAlarmRequest request) {
        int evaluationPeriods = required(request.evaluationPeriods(), "EvaluationPeriods");
        int datapointsToAlarm = Objects.requireNonNullElse(request.datapointsToAlarm(), evaluationPeriods);
        if (datapointsToAlarm < 1 || datapointsToAlarm > evaluationPeriods) {
            throw CloudWatchErrors.invalid("DatapointsToAlarm must be 1 to EvaluationPeriods, which is "
                    + evaluationPeriods + ", not " + datapointsToAlarm + ".");
        }
        ComparisonOperator comparison = required(request.comparisonOperator(), "ComparisonOperator");
        if (!KNOWN_COMPARISONS.contains(comparison)) {
            throw new UnsupportedOperationException(
                    "the comparison " + request.comparisonOperatorAsString() + " is not simulated");
        }
        double threshold = required(request.threshold(), "Threshold");
        return new AlarmCondition(
                evaluationPeriods,
                datapointsToAlarm,
                comparison,
                threshold,
                MissingData.named(request.treatMissingData()));
    }

    private static MetricQueries queries(PutMetricAlarmRequest request) {
        if (request.metrics().isEmpty()) {
            return MetricQueries.read(List.of(singleQuery(request)));
        }
        requireNoSingleMetric(request);
        MetricQueries queries = MetricQueries.read(request.metrics());
        if (queries.returned().size() != 1) {
            throw CloudWatchErrors.invalid("Exactly one element of Metrics must have ReturnData, not "
                    + queries.returned().size() + ".");
        }
        if (queries.metrics() > MOST_METRICS) {
            throw CloudWatchErrors.invalid("An alarm watches at most 10 metrics, not " + queries.metrics() + ".");
        }
        return queries;
    }

    private static void requireNoSingleMetric(PutMetricAlarmRequest request) {
        boolean dimensions = !request.dimensions().isEmpty();
        request.sdkFields().stream()
                .filter(field -> SINGLE.contains(field.memberName()))
                .filter(field -> field.getValueOrDefault(request) != null)
                .map(SdkField::memberName)
                .findFirst()
                .or(() -> dimensions ? Optional.of("Dimensions") : Optional.empty())
                .ifPresent(field -> {
                    throw CloudWatchErrors.combination("Metrics and " + field + " exclude each other.");
                });
    }

    private static MetricDataQuery singleQuery(PutMetricAlarmRequest request) {
        if ((request.statistic() == null) == (request.extendedStatistic() == null)) {
            throw CloudWatchErrors.combination("Exactly one of Statistic and ExtendedStatistic must be given.");
        }
        String stat = Optional.ofNullable(request.extendedStatistic()).orElseGet(request::statisticAsString);
        return MetricDataQuery.builder()
                .id("m1")
                .metricStat(s -> s.metric(m -> m.namespace(request.namespace())
                                .metricName(request.metricName())
                                .dimensions(request.dimensions()))
                        .period(request.period())
                        .stat(stat))
                .build();
    }

    private Map<StateValue, Map<String, AlarmAction>> actions(PutMetricAlarmRequest request) {
        return Map.of(
                StateValue.OK, found(request.okActions()),
                StateValue.ALARM, found(request.alarmActions()),
                StateValue.INSUFFICIENT_DATA, found(request.insufficientDataActions()));
    }

    /**
     * CloudWatch itself does not look whether an action exists, and its alarm then does nothing. Here that is refused: a
     * template whose alarm does nothing is wrong.
     */
    private Map<String, AlarmAction> found(List<String> arns) {
        if (arns.size() > MOST_ACTIONS) {
            throw CloudWatchErrors.invalid("An alarm has at most 5 actions for a state, not " + arns.size() + ".");
        }
        Map<String, AlarmAction> found = new LinkedHashMap<>();
        for (String arn : arns) {
            found.put(
                    arn,
                    actions.apply(arn)
                            .orElseThrow(() -> CloudWatchErrors.invalid("There is no alarm action " + arn + " here.")));
        }
        return found;
    }

    private static <T> T required(@Nullable T value, String parameter) {
        if (value == null) {
            throw CloudWatchErrors.missing(parameter);
        }
        return value;
    }
}
