package dev.spillway.local.cloudwatch;

import static dev.spillway.local.cloudwatch.SimulatedAccount.METRIC;
import static dev.spillway.local.cloudwatch.SimulatedAccount.NAMESPACE;
import static dev.spillway.local.cloudwatch.SimulatedAccount.POLICY;
import static dev.spillway.local.cloudwatch.SimulatedAccount.START;
import static dev.spillway.local.cloudwatch.SimulatedAccount.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.local.time.RealTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

class AlarmsTest {

    private final SimulatedAccount account = new SimulatedAccount();

    /** The state after each minute's evaluation, of an alarm on values below 5. */
    private String states(String values, Consumer<PutMetricAlarmRequest.Builder> alarm) {
        account.alarm(alarm);
        List<String> states = new ArrayList<>();
        account.timeline.runFor(Duration.ofSeconds(20));
        for (String value : values.split(" ")) {
            if (!value.equals("-")) {
                account.put(METRIC, Double.parseDouble(value), null);
            }
            account.timeline.runFor(Duration.ofMinutes(1));
            states.add(account.state().substring(0, 1));
        }
        return String.join(" ", states);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | 1 |               | 9 3 9 3 3 9         | O A O A A O
            1 | 1 | missing       | - - 3 - - - - 9     | I I A A A I I O
            1 | 1 | notBreaching  | - 3 - - - -         | O A A A O O
            1 | 1 | breaching     | - 9 - - - - 9       | A O O O A A O
            1 | 1 | ignore        | - 3 - - - - 9 - - - | I A A A A A O O O O
            3 | 3 | missing       | 9 3 3 3 9 3         | O O O A O O
            3 | 2 | missing       | 9 3 9 3 9 9         | O O O A O O
            3 | 2 | breaching     | 9 9 9 - - - - -     | A O O O O O A A
            3 | 2 | notBreaching  | 9 3 3 - - - - -     | O O A A A A O O
            5 | 1 | missing       | 9 3 9 9 9 9 9       | O A A A A A O
            """)
    void an_alarm_follows_its_metric_minute_by_minute(
            int periods, int toAlarm, String missing, String values, String states) {
        assertThat(states(
                        values,
                        alarm -> alarm.evaluationPeriods(periods)
                                .datapointsToAlarm(toAlarm)
                                .treatMissingData(missing)))
                .isEqualTo(states);
    }

    @Test
    void it_is_evaluated_some_seconds_after_the_minute() {
        account.alarm(alarm -> alarm.alarmActions(TOPIC));
        account.minutes("3");

        assertThat(account.state()).isEqualTo("INSUFFICIENT_DATA");
        assertThat(account.alarm().stateReason()).isEqualTo("Unchecked: Initial alarm creation");
        account.evaluated();
        assertThat(account.alarm().stateUpdatedTimestamp()).isEqualTo(START.plusSeconds(70));
        assertThat(account.done).containsExactly("70 topic INSUFFICIENT_DATA -> ALARM");
    }

    @Test
    void the_window_of_a_longer_period_moves_by_the_minute() {
        account.alarm(alarm ->
                alarm.period(300).statistic(Statistic.SUM).alarmActions(TOPIC).okActions(TOPIC));

        account.minutes("4 1 1 - - - - 9").evaluated();

        // Minute 1 holds 4, minutes 1 and 2 hold 5, and from minute 6 on the first 4 is out of sight.
        assertThat(account.done)
                .containsExactly(
                        "70 topic INSUFFICIENT_DATA -> ALARM",
                        "130 topic ALARM -> OK",
                        "370 topic OK -> ALARM",
                        "490 topic ALARM -> OK");
    }

    @Test
    void a_topic_is_told_of_changes_and_a_scaling_policy_each_minute_that_the_state_remains() {
        account.alarm(alarm -> alarm.alarmActions(TOPIC, POLICY).okActions(TOPIC));

        account.minutes("9 3 2 1 9 9").evaluated();

        assertThat(account.done)
                .containsExactly(
                        "70 topic INSUFFICIENT_DATA -> OK",
                        "130 topic OK -> ALARM",
                        "130 policy OK -> ALARM",
                        "190 policy ALARM -> ALARM",
                        "250 policy ALARM -> ALARM",
                        "310 topic ALARM -> OK");
        assertThat(account.notices.stream()
                        .filter(notice -> notice.newState() == StateValue.ALARM)
                        .map(notice -> notice.value().orElseThrow())
                        .toList())
                .containsExactly(3.0, 3.0, 2.0, 1.0);
        assertThat(account.notices.getLast().threshold()).isEqualTo(5);
    }

    @Test
    void a_scaling_policy_repeats_in_the_state_that_it_is_for_and_not_in_one_the_alarm_was_only_created_in() {
        account.alarm(alarm -> alarm.insufficientDataActions(POLICY).okActions(POLICY));

        account.minutes("- - 9 9").evaluated();

        assertThat(account.done).containsExactly("190 policy INSUFFICIENT_DATA -> OK", "250 policy OK -> OK");
    }

    @Test
    void actions_that_are_not_enabled_do_not_run_but_the_state_changes() {
        account.alarm(alarm -> alarm.alarmActions(TOPIC, POLICY).actionsEnabled(false));

        account.minutes("3 3").evaluated();

        assertThat(account.state()).isEqualTo("ALARM");
        assertThat(account.events).hasSize(1);
        assertThat(account.done).isEmpty();
    }

    @Test
    void an_alarm_without_data_tells_a_policy_no_value() {
        account.alarm(alarm -> alarm.treatMissingData("breaching").alarmActions(POLICY));

        account.minutes("-").evaluated();

        assertThat(account.notices.getFirst().value()).isEmpty();
        assertThat(account.notices.getFirst().reason())
                .isEqualTo("Threshold Crossed: no datapoints were received for 1 period"
                        + " and 1 missing datapoint was treated as [Breaching].");
    }

    @Test
    void an_expression_over_metrics_is_watched() {
        account.alarm(alarm -> {});
        account.cloudWatch.putMetricAlarm(PutMetricAlarmRequest.builder()
                .alarmName("backlog")
                .metrics(
                        MetricDataQuery.builder()
                                .id("e1")
                                .expression("IF(FILL(waiting, 0) > 0, capacity / waiting, 1)")
                                .label("Room for each")
                                .build(),
                        query("waiting", "Waiting"),
                        query("capacity", METRIC))
                .evaluationPeriods(2)
                .threshold(1.0)
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .alarmActions(POLICY)
                .build());
        account.put("Waiting", 4, "Count");
        account.put(METRIC, 2, null);
        account.minutes("-");
        account.put("Waiting", 4, "Count");
        account.put(METRIC, 3, null);

        account.minutes("- -").evaluated();

        // While nobody waits the expression is 1. The second minute is the second breach; the third has nobody waiting.
        assertThat(account.done).containsExactly("130 policy OK -> ALARM");
        assertThat(account.notices.getFirst().value()).hasValue(0.75);
        assertThat(account.events
                        .getLast()
                        .at("/detail/configuration/metrics/0/expression")
                        .asText())
                .contains("IF(FILL(");
    }

    private static MetricDataQuery query(String id, String metric) {
        return MetricDataQuery.builder()
                .id(id)
                .returnData(false)
                .metricStat(s -> s.metric(m -> m.namespace(NAMESPACE)
                                .metricName(metric)
                                .dimensions(d -> d.name("ClusterName").value("spillway")))
                        .period(60)
                        .stat("Sum"))
                .build();
    }

    @Test
    void another_definition_of_the_same_name_keeps_the_state() {
        account.alarm(alarm -> {});
        account.minutes("3").evaluated();

        account.alarm(alarm -> alarm.threshold(2.0).okActions(TOPIC));

        assertThat(account.state()).isEqualTo("ALARM");
        account.minutes("3").evaluated();
        assertThat(account.state()).isEqualTo("OK");
        assertThat(account.done).hasSize(1);
    }

    @Test
    void alarms_can_be_described_by_name_prefix_and_state() {
        account.alarm(alarm -> alarm.alarmName("low-1"));
        account.alarm(alarm -> alarm.alarmName("low-2").threshold(1.0));
        account.alarm(alarm -> alarm.alarmName("other"));
        account.minutes("3").evaluated();

        assertThat(names(r -> {})).isEqualTo("low-1 low-2 other");
        assertThat(names(r -> r.alarmNames("other", "none"))).isEqualTo("other");
        assertThat(names(r -> r.alarmNamePrefix("low"))).isEqualTo("low-1 low-2");
        assertThat(names(r -> r.stateValue(StateValue.OK))).isEqualTo("low-2");
        assertThatThrownBy(() -> names(r -> r.actionPrefix("arn"))).isInstanceOf(UnsupportedOperationException.class);
    }

    private String names(Consumer<DescribeAlarmsRequest.Builder> request) {
        return account.cloudWatch.client().describeAlarms(request).metricAlarms().stream()
                .map(alarm -> alarm.alarmName())
                .collect(Collectors.joining(" "));
    }

    @Test
    void one_alarm_that_cannot_be_evaluated_keeps_no_other_from_it() {
        account.alarm(alarm -> alarm.alarmName("a").statistic((Statistic) null).extendedStatistic("p99"));
        account.alarm(alarm -> alarm.alarmName("b").alarmActions(TOPIC));
        account.put(METRIC, -1, null);
        account.timeline.runUntil(START.plusSeconds(69));

        assertThatThrownBy(() -> account.timeline.runFor(Duration.ofSeconds(1)))
                .hasMessageContaining("the alarm a cannot be evaluated");
        account.timeline.runFor(Duration.ofSeconds(1));
        assertThat(account.done).containsExactly("70 topic INSUFFICIENT_DATA -> ALARM");
    }

    static List<Arguments> refused() {
        return List.of(
                refused("AlarmName is required", a -> a.alarmName(null)),
                refused("Threshold is required", a -> a.threshold(null)),
                refused("EvaluationPeriods is required", a -> a.evaluationPeriods(null)),
                refused("ComparisonOperator is required", a -> a.comparisonOperator((String) null)),
                refused("DatapointsToAlarm must be 1 to EvaluationPeriods", a -> a.datapointsToAlarm(2)),
                refused("DatapointsToAlarm must be 1 to EvaluationPeriods", a -> a.evaluationPeriods(0)),
                refused("TreatMissingData", a -> a.treatMissingData("sometimes")),
                refused("Period is invalid", a -> a.period(61)),
                refused("Period is required", a -> a.period(null)),
                refused("more than a day", a -> a.evaluationPeriods(25).period(3600)),
                refused("exactly one of", a -> a.extendedStatistic("p99")),
                refused("MetricName is required", a -> a.metricName(null)),
                refused("exclude each other", a -> a.metrics(query("m1", METRIC))),
                refused(
                        "no alarm action arn:aws:sns:us-east-1:000000000000:none",
                        a -> a.okActions("arn:aws:sns:us-east-1:000000000000:none")),
                refused("at most 5 actions", a -> a.alarmActions(TOPIC, TOPIC, TOPIC, TOPIC, TOPIC, TOPIC)));
    }

    private static Arguments refused(String words, Consumer<PutMetricAlarmRequest.Builder> alarm) {
        return Arguments.of(words, alarm);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void an_alarm_that_cloudwatch_would_not_take_is_refused_with_clear_words(
            String words, Consumer<PutMetricAlarmRequest.Builder> alarm) {
        assertThatThrownBy(() -> account.alarm(alarm))
                .isInstanceOf(CloudWatchException.class)
                .message()
                .containsIgnoringCase(words);
        assertThat(account.cloudWatch.client().describeAlarms(r -> {}).metricAlarms())
                .isEmpty();
    }

    @Test
    void a_list_of_metrics_must_have_one_result() {
        assertThatThrownBy(() -> account.cloudWatch.putMetricAlarm(PutMetricAlarmRequest.builder()
                        .alarmName("none")
                        .metrics(query("m1", METRIC))
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                        .build()))
                .hasMessageContaining("Exactly one element of Metrics must have ReturnData, not 0");
    }

    @Test
    void what_is_not_simulated_is_refused_loudly() {
        assertThatThrownBy(() -> account.alarm(a -> a.comparisonOperator("LessThanLowerThreshold")))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> account.alarm(a -> a.evaluateLowSampleCountPercentile("ignore")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("EvaluateLowSampleCountPercentile");
        assertThatThrownBy(() -> account.alarm(a -> a.thresholdMetricId("x")))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void an_account_without_alarms_leaves_the_timeline_alone() {
        account.put(METRIC, 1, null);

        account.timeline.runUntilIdle();

        assertThat(account.timeline.now()).isEqualTo(START);
    }

    @Test
    void alarms_can_be_defined_in_real_time_too() {
        try (RealTimeline real = new RealTimeline()) {
            SimulatedCloudWatch cloudWatch =
                    new SimulatedCloudWatch(CloudWatchSettings.defaults(), real, event -> {}, arn -> Optional.empty());
            cloudWatch.putMetricAlarm(PutMetricAlarmRequest.builder()
                    .alarmName("a")
                    .namespace(NAMESPACE)
                    .metricName(METRIC)
                    .statistic(Statistic.SUM)
                    .period(60)
                    .evaluationPeriods(1)
                    .threshold(1.0)
                    .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                    .build());

            assertThat(cloudWatch.client().describeAlarms(r -> {}).metricAlarms())
                    .hasSize(1);
        }
    }
}
