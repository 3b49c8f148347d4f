package dev.spillway.local.cloudwatch;

import static dev.spillway.local.cloudwatch.SimulatedAccount.METRIC;
import static dev.spillway.local.cloudwatch.SimulatedAccount.NAMESPACE;
import static dev.spillway.local.cloudwatch.SimulatedAccount.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

class GetMetricDataTest {

    private final SimulatedAccount account = new SimulatedAccount();

    private static MetricDataQuery metric(String id, String stat, int period) {
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(s -> s.metric(m -> m.namespace(NAMESPACE)
                                .metricName(METRIC)
                                .dimensions(d -> d.name("ClusterName").value("spillway")))
                        .period(period)
                        .stat(stat))
                .build();
    }

    private static MetricDataQuery expression(String id, String expression) {
        return MetricDataQuery.builder().id(id).expression(expression).build();
    }

    private static MetricDataQuery hidden(MetricDataQuery query) {
        return query.toBuilder().returnData(false).build();
    }

    private List<MetricDataResult> get(Consumer<GetMetricDataRequest.Builder> change, MetricDataQuery... queries) {
        GetMetricDataRequest.Builder request = GetMetricDataRequest.builder()
                .metricDataQueries(queries)
                .startTime(START)
                .endTime(account.timeline.now());
        change.accept(request);
        return account.cloudWatch.client().getMetricData(request.build()).metricDataResults();
    }

    @Test
    void the_newest_comes_first_and_what_is_missing_does_not_come() {
        account.minutes("5 - 7");

        MetricDataResult result = get(r -> {}, metric("m1", "Sum", 60)).getFirst();

        assertThat(result.id()).isEqualTo("m1");
        assertThat(result.label()).isEqualTo(METRIC);
        assertThat(result.statusCode()).isEqualTo(StatusCode.COMPLETE);
        assertThat(result.timestamps()).containsExactly(START.plusSeconds(120), START);
        assertThat(result.values()).containsExactly(7.0, 5.0);
    }

    @Test
    void the_oldest_comes_first_if_asked_for() {
        account.minutes("5 - 7");

        assertThat(get(r -> r.scanBy(ScanBy.TIMESTAMP_ASCENDING), metric("m1", "Sum", 60))
                        .getFirst()
                        .values())
                .containsExactly(5.0, 7.0);
    }

    @Test
    void a_range_goes_from_the_full_minute_to_before_its_end() {
        account.minutes("1 2 3 4 5");

        assertThat(get(
                                r -> r.startTime(START.plusSeconds(90))
                                        .endTime(START.plusSeconds(240))
                                        .scanBy(ScanBy.TIMESTAMP_ASCENDING),
                                metric("m1", "Sum", 60))
                        .getFirst()
                        .values())
                .containsExactly(2.0, 3.0, 4.0);
    }

    @Test
    void expressions_use_each_other_and_only_what_is_asked_for_comes_back() {
        account.minutes("5 - 7");

        List<MetricDataResult> results = get(
                r -> r.scanBy(ScanBy.TIMESTAMP_ASCENDING),
                expression("e2", "e1 * 2"),
                hidden(expression("e1", "FILL(m1, 0) + m2")),
                hidden(metric("m1", "Sum", 60)),
                hidden(metric("m2", "SampleCount", 60)));

        assertThat(results).hasSize(1);
        assertThat(results.getFirst().label()).isEqualTo("e2");
        assertThat(results.getFirst().values()).containsExactly(12.0, 0.0, 16.0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            m1 +       ; The expression m1 + of e1: at character 5: a value is missing
            m1 + m3    ; The expression e1 refers to m3, which is not given.
            e1 + m1    ; The expression e1 refers to itself.
            AVG(m1)    ; the result is a number, but must be a time series
            """)
    void an_expression_that_cannot_be_evaluated_is_refused(String expression, String problem) {
        assertThatThrownBy(() -> {
                    account.minutes("1");
                    get(r -> {}, metric("m1", "Sum", 60), expression("e1", expression));
                })
                .isInstanceOf(CloudWatchException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void what_cloudwatch_does_not_take_is_refused() {
        account.minutes("1");
        MetricDataQuery good = metric("m1", "Sum", 60);

        assertThatThrownBy(() -> get(r -> {}, good, good)).hasMessageContaining("given twice");
        assertThatThrownBy(() -> get(r -> {}, metric("M1", "Sum", 60))).hasMessageContaining("Id is invalid");
        assertThatThrownBy(() -> get(r -> {}, metric("m1", "Sum", 90))).hasMessageContaining("Period is invalid");
        assertThatThrownBy(() -> get(r -> {}, hidden(good))).hasMessageContaining("ReturnData");
        assertThatThrownBy(() -> get(r -> r.endTime(START), good)).hasMessageContaining("StartTime must be less");
        assertThatThrownBy(() -> get(r -> r.startTime(null), good)).hasMessageContaining("StartTime is required");
        assertThatThrownBy(() -> get(r -> {}, MetricDataQuery.builder().id("m1").build()))
                .hasMessageContaining("either MetricStat or Expression");
        List<MetricDataQuery> many = new ArrayList<>();
        for (int i = 0; i <= 500; i++) {
            many.add(metric("m" + i, "Sum", 60));
        }
        assertThatThrownBy(() -> get(r -> {}, many.toArray(MetricDataQuery[]::new)))
                .hasMessageContaining("500");
    }

    @Test
    void what_is_not_simulated_is_refused_loudly() {
        account.minutes("1 2 3");
        MetricDataQuery good = metric("m1", "Sum", 60);

        assertThatThrownBy(() -> get(r -> r.nextToken("x"), good))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("NextToken");
        assertThatThrownBy(() -> get(r -> r.maxDatapoints(2), good))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("3 data points");
        assertThatThrownBy(() -> get(r -> {}, good, metric("m2", "Sum", 120)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("several periods");
        assertThatThrownBy(() -> get(r -> {}, good.toBuilder().accountId("1").build()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("AccountId");
        assertThat(Duration.between(START, account.timeline.now())).isEqualTo(Duration.ofMinutes(3));
    }
}
