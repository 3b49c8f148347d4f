package dev.spillway.local.template;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/** Reads an {@code AWS::CloudWatch::Alarm} into the request that CloudFormation sends for it. */
final class AlarmReader {

    private static final Set<String> KNOWN = Set.of(
            "AlarmName",
            "AlarmDescription",
            "ActionsEnabled",
            "AlarmActions",
            "OKActions",
            "InsufficientDataActions",
            "Namespace",
            "MetricName",
            "Dimensions",
            "Statistic",
            "ExtendedStatistic",
            "Period",
            "Metrics",
            "ComparisonOperator",
            "Threshold",
            "EvaluationPeriods",
            "DatapointsToAlarm",
            "TreatMissingData");
    private static final Set<String> KNOWN_QUERY = Set.of("Id", "Label", "Expression", "MetricStat", "ReturnData");

    private AlarmReader() {}

    static PutMetricAlarmRequest read(Resource resource, Properties properties) {
        properties.only(KNOWN);
        PutMetricAlarmRequest.Builder alarm = PutMetricAlarmRequest.builder()
                .alarmName(resource.name())
                .comparisonOperator(properties.requiredText("ComparisonOperator"))
                .threshold(properties.requiredNumber("Threshold").doubleValue())
                .evaluationPeriods(
                        properties.requiredNumber("EvaluationPeriods").intValueExact())
                .alarmActions(properties.textItems("AlarmActions"))
                .okActions(properties.textItems("OKActions"))
                .insufficientDataActions(properties.textItems("InsufficientDataActions"));
        properties.text("AlarmDescription").ifPresent(alarm::alarmDescription);
        properties.text("ActionsEnabled").map(Boolean::valueOf).ifPresent(alarm::actionsEnabled);
        properties.text("TreatMissingData").ifPresent(alarm::treatMissingData);
        properties.number("DatapointsToAlarm").ifPresent(number -> alarm.datapointsToAlarm(number.intValueExact()));
        properties.text("Namespace").ifPresent(alarm::namespace);
        properties.text("MetricName").ifPresent(alarm::metricName);
        properties.text("Statistic").ifPresent(alarm::statistic);
        properties.text("ExtendedStatistic").ifPresent(alarm::extendedStatistic);
        properties.number("Period").ifPresent(number -> alarm.period(number.intValueExact()));
        if (properties.value("Dimensions").isPresent()) {
            alarm.dimensions(properties.objects("Dimensions").stream()
                    .map(AlarmReader::dimension)
                    .toList());
        }
        if (properties.value("Metrics").isPresent()) {
            alarm.metrics(properties.objects("Metrics").stream()
                    .map(AlarmReader::query)
                    .toList());
        }
        return alarm.build();
    }

    private static MetricDataQuery query(Properties properties) {
        properties.only(KNOWN_QUERY);
        MetricDataQuery.Builder query = MetricDataQuery.builder().id(properties.requiredText("Id"));
        properties.text("Label").ifPresent(query::label);
        properties.text("Expression").ifPresent(query::expression);
        properties.text("ReturnData").map(Boolean::valueOf).ifPresent(query::returnData);
        properties.object("MetricStat").map(AlarmReader::stat).ifPresent(query::metricStat);
        return query.build();
    }

    private static MetricStat stat(Properties properties) {
        properties.only(Set.of("Stat", "Period", "Metric"));
        Properties metric = properties
                .object("Metric")
                .orElseThrow(() -> new TemplateException(properties.line(), "a MetricStat needs a Metric."))
                .only(Set.of("Namespace", "MetricName", "Dimensions"));
        return MetricStat.builder()
                .stat(properties.requiredText("Stat"))
                .period(properties.requiredNumber("Period").intValueExact())
                .metric(m -> m.namespace(metric.requiredText("Namespace"))
                        .metricName(metric.requiredText("MetricName"))
                        .dimensions(metric.objects("Dimensions").stream()
                                .map(AlarmReader::dimension)
                                .toList()))
                .build();
    }

    private static Dimension dimension(Properties properties) {
        Map<String, String> texts = properties.only(Set.of("Name", "Value")).texts();
        return Dimension.builder()
                .name(texts.get("Name"))
                .value(texts.get("Value"))
                .build();
    }
}
