package dev.spillway.local.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.sns.SimulatedSns;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/**
 * Sends a notice to a topic, in the JSON that CloudWatch sends. Its form is known from notifications that were received;
 * AWS documents it only by examples.
 */
public final class SnsAlarmAction implements AlarmAction {

    private final SimulatedSns sns;
    private final String topicArn;
    private final CloudWatchSettings settings;

    /** @param topicArn of a topic that is there when a notice comes */
    public SnsAlarmAction(SimulatedSns sns, String topicArn, CloudWatchSettings settings) {
        this.sns = sns;
        this.topicArn = topicArn;
        this.settings = settings;
    }

    @Override
    public void run(AlarmNotice notice) {
        String subject = "%s: \"%s\" in %s".formatted(notice.newState(), notice.alarmName(), settings.regionName());
        sns.publish(topicArn, subject, message(notice).toString());
    }

    private ObjectNode message(AlarmNotice notice) {
        MetricAlarm alarm = notice.alarm();
        ObjectNode message = object();
        message.put("AlarmName", alarm.alarmName());
        message.put("AlarmDescription", alarm.alarmDescription());
        message.put("AWSAccountId", settings.account());
        message.put(
                "AlarmConfigurationUpdatedTimestamp",
                AlarmReason.TIMESTAMP.format(alarm.alarmConfigurationUpdatedTimestamp()));
        message.put("NewStateValue", notice.newState().toString());
        message.put("NewStateReason", notice.reason());
        message.put("StateChangeTime", AlarmReason.TIMESTAMP.format(notice.at()));
        message.put("Region", settings.regionName());
        message.put("AlarmArn", alarm.alarmArn());
        message.put("OldStateValue", notice.oldState().toString());
        alarm.okActions().forEach(message.putArray("OKActions")::add);
        alarm.alarmActions().forEach(message.putArray("AlarmActions")::add);
        alarm.insufficientDataActions().forEach(message.putArray("InsufficientDataActions")::add);
        message.set("Trigger", trigger(alarm));
        return message;
    }

    private static ObjectNode trigger(MetricAlarm alarm) {
        ObjectNode trigger = object();
        if (alarm.metrics().isEmpty()) {
            trigger.put("MetricName", alarm.metricName());
            trigger.put("Namespace", alarm.namespace());
            if (alarm.extendedStatistic() == null) {
                trigger.put("StatisticType", "Statistic");
                trigger.put("Statistic", alarm.statistic().name());
            } else {
                trigger.put("StatisticType", "ExtendedStatistic");
                trigger.put("ExtendedStatistic", alarm.extendedStatistic());
            }
            trigger.putNull("Unit");
            trigger.set("Dimensions", dimensions(alarm.dimensions()));
        }
        trigger.put("Period", period(alarm));
        trigger.put("EvaluationPeriods", alarm.evaluationPeriods());
        if (alarm.datapointsToAlarm() != null) {
            trigger.put("DatapointsToAlarm", alarm.datapointsToAlarm());
        }
        trigger.put("ComparisonOperator", alarm.comparisonOperatorAsString());
        trigger.put("Threshold", alarm.threshold());
        trigger.put(
                "TreatMissingData",
                Optional.ofNullable(alarm.treatMissingData()).orElse(MissingData.MISSING.toString()));
        trigger.put("EvaluateLowSampleCountPercentile", "");
        if (!alarm.metrics().isEmpty()) {
            ArrayNode metrics = trigger.putArray("Metrics");
            alarm.metrics().forEach(query -> metrics.add(metric(query)));
        }
        return trigger;
    }

    private static Integer period(MetricAlarm alarm) {
        return alarm.metrics().isEmpty()
                ? alarm.period()
                : alarm.metrics().stream()
                        .map(query -> query.metricStat() == null
                                ? query.period()
                                : query.metricStat().period())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow();
    }

    private static ObjectNode metric(MetricDataQuery query) {
        ObjectNode node = object();
        node.put("Id", query.id());
        if (query.label() != null) {
            node.put("Label", query.label());
        }
        if (query.expression() != null) {
            node.put("Expression", query.expression());
        } else {
            ObjectNode stat = node.putObject("MetricStat");
            ObjectNode metric = stat.putObject("Metric");
            metric.set("Dimensions", dimensions(query.metricStat().metric().dimensions()));
            metric.put("MetricName", query.metricStat().metric().metricName());
            metric.put("Namespace", query.metricStat().metric().namespace());
            stat.put("Period", query.metricStat().period());
            stat.put("Stat", query.metricStat().stat());
        }
        return node.put("ReturnData", !Boolean.FALSE.equals(query.returnData()));
    }

    private static ArrayNode dimensions(List<Dimension> dimensions) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        dimensions.forEach(
                dimension -> array.addObject().put("value", dimension.value()).put("name", dimension.name()));
        return array;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
