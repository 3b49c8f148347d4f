package dev.spillway.local.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

class PutMetricDataTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SimulatedAccount account = new SimulatedAccount();

    private void put(Consumer<MetricDatum.Builder> datum) {
        MetricDatum.Builder builder = MetricDatum.builder()
                .metricName("M")
                .dimensions(Dimension.builder()
                        .name("ClusterName")
                        .value("spillway")
                        .build());
        datum.accept(builder);
        account.cloudWatch.client().putMetricData(r -> r.namespace("Spillway").metricData(builder.build()));
    }

    @Test
    void values_with_counts_and_statistic_sets_are_added_up() {
        put(m -> m.value(4.0));
        put(m -> m.values(1.0, 7.0).counts(3.0, 2.0));
        account.minutes("-");
        put(m -> m.statisticValues(s -> s.sum(10.0).minimum(2.0).maximum(5.0).sampleCount(3.0)));
        put(m -> m.value(9.0));
        account.minutes("-");

        assertThat(account.series("M", "Sum", MINUTE)).isEqualTo("0=21.0 1=19.0");
        assertThat(account.series("M", "SampleCount", MINUTE)).isEqualTo("0=6.0 1=4.0");
        assertThat(account.series("M", "Minimum", MINUTE)).isEqualTo("0=1.0 1=2.0");
        assertThat(account.series("M", "Maximum", MINUTE)).isEqualTo("0=7.0 1=9.0");
        assertThatThrownBy(() -> account.series("M", "p50", MINUTE)).hasMessageContaining("statistic sets");
    }

    @Test
    void a_statistic_set_of_equal_values_has_percentiles() {
        put(m -> m.statisticValues(s -> s.sum(6.0).minimum(2.0).maximum(2.0).sampleCount(3.0)));
        put(m -> m.value(9.0));
        account.minutes("-");

        assertThat(account.series("M", "p50", MINUTE)).isEqualTo("0=2.0");
    }

    @Test
    void a_timestamp_puts_a_value_into_its_own_minute() {
        account.minutes("- - -");
        put(m -> m.value(1.0).timestamp(SimulatedAccount.START.plusSeconds(61)));
        put(m -> m.value(2.0).timestamp(SimulatedAccount.START.plusSeconds(119)));
        put(m -> m.value(4.0).timestamp(SimulatedAccount.START.plusSeconds(120)));

        assertThat(account.series("M", "Sum", MINUTE)).isEqualTo("1=3.0 2=4.0");
    }

    static List<Arguments> refused() {
        Duration limit = Duration.ofDays(14);
        return List.of(
                refused("MetricName", m -> m.metricName(null).value(1.0)),
                refused("MetricName", m -> m.metricName("x".repeat(256)).value(1.0)),
                refused("NaN", m -> m.value(Double.NaN)),
                refused("Infinity", m -> m.value(Double.NEGATIVE_INFINITY)),
                refused("2^360", m -> m.value(Math.pow(2, 361))),
                refused("NaN", m -> m.values(1.0, Double.NaN)),
                refused("Value is required", m -> {}),
                refused("Only one of", m -> m.value(1.0).values(1.0)),
                refused(
                        "as many elements as Values: 2, not 1",
                        m -> m.values(1.0, 2.0).counts(1.0)),
                refused("above 0", m -> m.values(1.0).counts(0.0)),
                refused("1 to 150 elements, and has 151", m -> m.values(Collections.nCopies(151, 1.0))),
                refused("required", m -> m.statisticValues(s -> s.sum(1.0))),
                refused(
                        "above the maximum",
                        m -> m.statisticValues(
                                s -> s.sum(1.0).minimum(2.0).maximum(1.0).sampleCount(1.0))),
                refused(
                        "above 0, not 0",
                        m -> m.statisticValues(
                                s -> s.sum(1.0).minimum(1.0).maximum(1.0).sampleCount(0.0))),
                refused("at most 30 dimensions, not 31", m -> m.value(1.0).dimensions(dimensions(31))),
                refused("dimension name", m -> m.value(1.0).dimensions(dimension(":d", "v"))),
                refused("value of the dimension", m -> m.value(1.0).dimensions(dimension("d", " "))),
                refused("given twice", m -> m.value(1.0).dimensions(dimension("d", "v"), dimension("d", "w"))),
                refused(
                        "two weeks",
                        m -> m.value(1.0)
                                .timestamp(SimulatedAccount.START.minus(limit).minusSeconds(1))),
                refused("two hours", m -> m.value(1.0).timestamp(SimulatedAccount.START.plusSeconds(7201))),
                refused("Unit", m -> m.value(1.0).unit("Apples")));
    }

    private static Arguments refused(String words, Consumer<MetricDatum.Builder> datum) {
        return Arguments.of(words, datum);
    }

    private static List<Dimension> dimensions(int count) {
        return IntStream.range(0, count).mapToObj(i -> dimension("d" + i, "v")).toList();
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_cloudwatch_does_not_take_is_refused_with_clear_words(String words, Consumer<MetricDatum.Builder> datum) {
        assertThatThrownBy(() -> put(datum))
                .isInstanceOf(CloudWatchException.class)
                .hasMessageContaining(words);
    }

    @Test
    void the_limits_themselves_are_taken() {
        put(m -> m.value(1.0).dimensions(dimensions(30)));
        put(m -> m.value(1.0).timestamp(SimulatedAccount.START.minus(Duration.ofDays(14))));
        put(m -> m.value(1.0).timestamp(SimulatedAccount.START.plusSeconds(7200)));
        put(m -> m.values(Collections.nCopies(150, 1.0)));
        put(m -> m.value(1.0).storageResolution(60).metricName("N").unit(StandardUnit.COUNT));
        account.cloudWatch
                .client()
                .putMetricData(r -> r.namespace("Spillway")
                        .metricData(Collections.nCopies(
                                1000,
                                MetricDatum.builder().metricName("L").value(1.0).build())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":x", "AWS/EC2", "a!b", "   "})
    void a_namespace_of_nobody_or_of_aws_is_refused(String namespace) {
        assertThatThrownBy(() -> account.cloudWatch
                        .client()
                        .putMetricData(r -> r.namespace(namespace)
                                .metricData(m -> m.metricName("M").value(1.0))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Namespace");
    }

    @Test
    void a_request_is_taken_whole_or_not_at_all() {
        List<MetricDatum> data = List.of(
                MetricDatum.builder().metricName("M").value(1.0).build(),
                MetricDatum.builder().metricName("N").value(Double.NaN).build());

        assertThatThrownBy(() -> account.cloudWatch
                        .client()
                        .putMetricData(r -> r.namespace("Spillway").metricData(data)))
                .isInstanceOf(InvalidParameterValueException.class);

        assertThat(account.cloudWatch.client().listMetrics(r -> {}).metrics()).isEmpty();
        assertThatThrownBy(() -> account.cloudWatch
                        .client()
                        .putMetricData(
                                r -> r.namespace("Spillway").metricData(Collections.nCopies(1001, data.getFirst()))))
                .hasMessageContaining("1,000");
    }

    @Test
    void what_is_not_simulated_is_refused_loudly() {
        assertThatThrownBy(() -> put(m -> m.value(1.0).storageResolution(1)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> account.cloudWatch
                        .client()
                        .putMetricData(r -> r.namespace("Spillway").strictEntityValidation(true)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("StrictEntityValidation");
        assertThatThrownBy(() -> account.cloudWatch.client().listDashboards())
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
