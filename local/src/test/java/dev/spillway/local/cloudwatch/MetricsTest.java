package dev.spillway.local.cloudwatch;

import static dev.spillway.local.cloudwatch.SimulatedAccount.DIMENSIONS;
import static dev.spillway.local.cloudwatch.SimulatedAccount.METRIC;
import static dev.spillway.local.cloudwatch.SimulatedAccount.NAMESPACE;
import static dev.spillway.local.cloudwatch.SimulatedAccount.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;

class MetricsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SimulatedAccount account = new SimulatedAccount();

    @ParameterizedTest
    @CsvSource({
        "Sum, 16.0", "Average, 4.0", "Minimum, 1.0", "Maximum, 8.0", "SampleCount, 4.0",
        "p50, 3.0", "p90, 8.0", "p99, 8.0", "p25, 1.0", "p100, 8.0"
    })
    void the_values_of_a_minute_become_its_statistics(String statistic, String expected) {
        for (double value : new double[] {8, 3, 1, 4}) {
            account.put(METRIC, value, "Count");
        }
        account.minutes("-");

        assertThat(account.series(METRIC, statistic, MINUTE)).isEqualTo("0=" + expected);
    }

    @Test
    void a_minute_without_data_is_missing_and_not_zero() {
        account.minutes("5 - 0 -");

        assertThat(account.series(METRIC, "Sum", MINUTE)).isEqualTo("0=5.0 2=0.0");
    }

    @Test
    void a_longer_period_takes_its_minutes_together() {
        account.minutes("5 - 7 1 - - - - - 9 - 3");

        assertThat(account.series(METRIC, "Sum", Duration.ofMinutes(5))).isEqualTo("0=13.0 5=9.0 10=3.0");
        assertThat(account.series(METRIC, "Average", Duration.ofMinutes(3))).isEqualTo("0=6.0 3=1.0 9=6.0");
        assertThat(account.series(METRIC, "p50", Duration.ofMinutes(5))).isEqualTo("0=5.0 5=9.0 10=3.0");
    }

    @Test
    void other_dimensions_are_another_metric() {
        account.put(METRIC, 1, "Count");
        account.cloudWatch.put(NAMESPACE, METRIC, Map.of(), 7, "Count", START);
        account.minutes("-");

        assertThat(account.series(METRIC, "Sum", MINUTE)).isEqualTo("0=1.0");
        assertThat(account.cloudWatch
                        .client()
                        .listMetrics(r -> r.namespace(NAMESPACE))
                        .metrics())
                .hasSize(2);
        assertThat(account.cloudWatch
                        .client()
                        .listMetrics(r -> r.dimensions(d -> d.name("ClusterName")))
                        .metrics())
                .hasSize(1);
    }

    @Test
    void minutes_are_forgotten_after_their_time() {
        account.minutes("5");
        account.timeline.runFor(Duration.ofDays(15));
        account.put("Other", 1, null);

        assertThat(account.series(METRIC, "Sum", Duration.ofDays(1))).isEmpty();
        assertThat(account.cloudWatch.client().listMetrics(r -> {}).metrics()).hasSize(1);
    }

    @Test
    void a_metric_that_changes_its_unit_is_refused() {
        account.put(METRIC, 1, "Count");

        assertThatThrownBy(() -> account.put(METRIC, 1, "Milliseconds"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("came in Count and in Milliseconds");
        assertThatThrownBy(() -> account.put("Another", 1, "Apples"))
                .isInstanceOf(InvalidParameterValueException.class);
    }

    @Test
    void percentiles_are_refused_where_they_could_only_be_guessed() {
        IntStream.rangeClosed(0, Bucket.MOST_VALUES).forEach(value -> account.put(METRIC, value, null));
        account.put("Negative", -1, null);
        account.minutes("-");

        assertThat(account.series(METRIC, "Maximum", MINUTE)).isEqualTo("0=1000.0");
        assertThatThrownBy(() -> account.series(METRIC, "p99", MINUTE))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("more than 1000 different values");
        assertThatThrownBy(() -> account.series("Negative", "p99", MINUTE)).hasMessageContaining("negative");
        assertThatThrownBy(() -> account.series(METRIC, "TM(10%:90%)", MINUTE))
                .hasMessageContaining("the statistic TM(10%:90%) is not simulated");
    }

    @ParameterizedTest
    @CsvSource({"0", "90", "-60", "86460"})
    void a_period_is_of_full_minutes_up_to_a_day(long seconds) {
        assertThatThrownBy(() -> account.series(METRIC, "Sum", Duration.ofSeconds(seconds)))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Period");
    }

    @Test
    void a_period_below_a_minute_is_refused_as_not_simulated() {
        assertThatThrownBy(() -> account.series(METRIC, "Sum", Duration.ofSeconds(10)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void many_threads_may_put_at_once() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 1000)
                    .forEach(i -> threads.submit(
                            () -> account.cloudWatch.put(NAMESPACE, METRIC, DIMENSIONS, i % 7, "Count", START)));
        }
        account.minutes("-");

        assertThat(account.series(METRIC, "SampleCount", MINUTE)).isEqualTo("0=1000.0");
    }
}
