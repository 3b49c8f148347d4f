package dev.spillway.local.cloudwatch;

import static dev.spillway.local.cloudwatch.SimulatedAccount.METRIC;
import static dev.spillway.local.cloudwatch.SimulatedAccount.NAMESPACE;
import static dev.spillway.local.cloudwatch.SimulatedAccount.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/** What others read of an alarm: its reason, its event and its notification. */
class AlarmMessagesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SimulatedAccount account = new SimulatedAccount();

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    @Test
    void the_reason_names_the_datapoints_newest_first() {
        account.alarm(alarm -> alarm.evaluationPeriods(3).datapointsToAlarm(2));
        account.minutes("9 3 2.5").evaluated();

        assertThat(account.alarm().stateReason())
                .isEqualTo("Threshold Crossed: 2 out of the last 3 datapoints [2.5 (01/11/26 00:02:00),"
                        + " 3.0 (01/11/26 00:01:00)] were less than the threshold (5.0)"
                        + " (minimum 2 datapoints for OK -> ALARM transition).");
        account.minutes("9 9").evaluated();
        assertThat(account.alarm().stateReason())
                .isEqualTo("Threshold Crossed: 2 out of the last 3 datapoints [9.0 (01/11/26 00:04:00),"
                        + " 9.0 (01/11/26 00:03:00)] were not less than the threshold (5.0)"
                        + " (minimum 2 datapoints for ALARM -> OK transition).");
    }

    @Test
    void the_reason_says_what_was_missing() {
        account.alarm(alarm -> alarm.evaluationPeriods(3)
                .treatMissingData("breaching")
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD));
        account.minutes("3").evaluated();

        assertThat(account.alarm().stateReason())
                .isEqualTo(
                        "Threshold Crossed: 1 datapoint [3.0 (01/11/26 00:00:00)] was not greater than or equal to the"
                                + " threshold (5.0) and 2 missing datapoints were treated as [Breaching].");
    }

    @Test
    void the_reason_of_too_little_data_counts_what_is_unknown() {
        account.alarm(alarm -> alarm.evaluationPeriods(1));
        account.minutes("9 - - -").evaluated();

        assertThat(account.alarm().stateReason()).isEqualTo("Insufficient Data: 1 datapoint was unknown.");
    }

    @Test
    void a_change_is_an_event_in_its_documented_shape() {
        account.alarm(alarm -> alarm.alarmDescription("Room for less than five"));
        account.minutes("3").evaluated();

        assertThat(account.events).hasSize(1);
        ObjectNode event = account.events.getFirst();
        event.remove("id");
        assertThat((JsonNode) event).isEqualTo(json("""
                {"version": "0", "detail-type": "CloudWatch Alarm State Change", "source": "aws.cloudwatch",
                 "account": "000000000000", "time": "2026-11-01T00:01:10Z", "region": "us-east-1",
                 "resources": ["arn:aws:cloudwatch:us-east-1:000000000000:alarm:low"],
                 "detail": {
                   "alarmName": "low",
                   "configuration": {
                     "description": "Room for less than five",
                     "metrics": [{
                       "metricStat": {
                         "metric": {"dimensions": {"ClusterName": "spillway"}, "name": "SchedulableContainers",
                                    "namespace": "Spillway"},
                         "period": 60, "stat": "Minimum"},
                       "id": "%s",
                       "returnData": true}]},
                   "previousState": {
                     "reason": "Unchecked: Initial alarm creation",
                     "timestamp": "2026-11-01T00:00:00.000+0000",
                     "value": "INSUFFICIENT_DATA"},
                   "state": {
                     "reason": "%s",
                     "reasonData": "%s",
                     "timestamp": "2026-11-01T00:01:10.000+0000",
                     "value": "ALARM"}}}
                """.formatted(
                        event.at("/detail/configuration/metrics/0/id").asText(),
                        "Threshold Crossed: 1 out of the last 1 datapoints [3.0 (01/11/26 00:00:00)] was less than the"
                                + " threshold (5.0) (minimum 1 datapoint for OK -> ALARM transition).",
                        ("{'version':'1.0','queryDate':'2026-11-01T00:01:10.000+0000',"
                                        + "'startDate':'2026-11-01T00:00:00.000+0000','statistic':'Minimum','period':60,"
                                        + "'recentDatapoints':[3.0],'threshold':5.0}")
                                .replace("'", "\\\""))));
    }

    @Test
    void a_notification_reaches_a_function_as_sns_delivers_it() {
        List<ObjectNode> received = new ArrayList<>();
        JsonNode sns = notified(received, false);

        assertThat(received.getFirst().at("/Records/0/EventSource").asText()).isEqualTo("aws:sns");
        assertThat(sns.path("TopicArn").asText()).isEqualTo(TOPIC);
        assertThat(sns.path("Subject").asText()).isEqualTo("ALARM: \"low\" in US East (N. Virginia)");
        assertThat(sns.path("Timestamp").asText()).isEqualTo("2026-11-01T00:01:10Z");
        assertThat(json(sns.path("Message").asText())).isEqualTo(json("""
                {"AlarmName": "low", "AlarmDescription": null, "AWSAccountId": "000000000000",
                 "AlarmConfigurationUpdatedTimestamp": "2026-11-01T00:00:00.000+0000",
                 "NewStateValue": "ALARM",
                 "NewStateReason": "Threshold Crossed: 1 out of the last 1 datapoints [3.0 (01/11/26 00:00:00)] was less than the threshold (5.0) (minimum 1 datapoint for OK -> ALARM transition).",
                 "StateChangeTime": "2026-11-01T00:01:10.000+0000", "Region": "US East (N. Virginia)",
                 "AlarmArn": "arn:aws:cloudwatch:us-east-1:000000000000:alarm:low",
                 "OldStateValue": "INSUFFICIENT_DATA",
                 "OKActions": [], "AlarmActions": ["arn:aws:sns:us-east-1:000000000000:alarms"],
                 "InsufficientDataActions": [],
                 "Trigger": {"MetricName": "SchedulableContainers", "Namespace": "Spillway",
                   "StatisticType": "Statistic", "Statistic": "MINIMUM", "Unit": null,
                   "Dimensions": [{"value": "spillway", "name": "ClusterName"}],
                   "Period": 60, "EvaluationPeriods": 1, "ComparisonOperator": "LessThanThreshold",
                   "Threshold": 5.0, "TreatMissingData": "missing", "EvaluateLowSampleCountPercentile": ""}}
                """));
    }

    @Test
    void a_notification_of_an_expression_lists_its_metrics() {
        JsonNode trigger =
                json(notified(new ArrayList<>(), true).path("Message").asText()).path("Trigger");

        assertThat(trigger.path("Period").asInt()).isEqualTo(60);
        assertThat(trigger.path("Metrics")).isEqualTo(json("""
                [{"Id": "e1", "Expression": "m1 * 1", "ReturnData": true},
                 {"Id": "m1", "MetricStat": {
                    "Metric": {"Dimensions": [{"value": "spillway", "name": "ClusterName"}],
                               "MetricName": "SchedulableContainers", "Namespace": "Spillway"},
                    "Period": 60, "Stat": "Sum"}, "ReturnData": false}]
                """));
    }

    private JsonNode notified(List<ObjectNode> received, boolean expression) {
        account.sns.createTopic(TOPIC);
        account.sns.subscribe(TOPIC, received::add);
        account.alarm(alarm -> {
            alarm.alarmActions(TOPIC);
            if (expression) {
                alarm.namespace(null)
                        .metricName(null)
                        .dimensions(List.of())
                        .statistic((String) null)
                        .period(null);
                alarm.metrics(
                        MetricDataQuery.builder().id("e1").expression("m1 * 1").build(),
                        MetricDataQuery.builder()
                                .id("m1")
                                .returnData(false)
                                .metricStat(s -> s.metric(m -> m.namespace(NAMESPACE)
                                                .metricName(METRIC)
                                                .dimensions(d ->
                                                        d.name("ClusterName").value("spillway")))
                                        .period(60)
                                        .stat("Sum"))
                                .build());
            }
        });
        account.minutes("3").evaluated();
        return received.getFirst().at("/Records/0/Sns");
    }
}
