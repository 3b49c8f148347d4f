package dev.spillway.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionMetricsTest {

    private static final Instant START = Instant.parse("2026-01-02T12:00:00Z");

    private final SimulatedTimeline timeline = new SimulatedTimeline(START, 1);
    private final List<String> told = new ArrayList<>();

    @Test
    void an_invocation_is_told_with_the_time_at_which_it_began() {
        FunctionMetrics.Invocation invocation = metrics().begin();
        timeline.runFor(Duration.ofMillis(1_500));
        invocation.returned(false);

        assertThat(told)
                .containsExactly(
                        "AWS/Lambda ConcurrentExecutions {FunctionName=f} 1.0 after PT0S",
                        "AWS/Lambda Invocations {FunctionName=f} 1.0 after PT0S",
                        "AWS/Lambda Errors {FunctionName=f} 0.0 after PT0S",
                        "AWS/Lambda Throttles {FunctionName=f} 0.0 after PT0S",
                        "AWS/Lambda Duration {FunctionName=f} 1500.0 after PT0S");
    }

    @Test
    void a_failure_is_an_invocation_and_an_error() {
        metrics().begin().returned(true);

        assertThat(told).anyMatch(line -> line.contains("Invocations {FunctionName=f} 1.0"));
        assertThat(told).anyMatch(line -> line.contains("Errors {FunctionName=f} 1.0"));
    }

    @Test
    void those_that_overlap_are_counted_together() {
        FunctionMetrics metrics = metrics();
        FunctionMetrics.Invocation first = metrics.begin();
        FunctionMetrics.Invocation second = metrics.begin();
        first.returned(false);
        second.returned(false);
        metrics.begin().returned(false);

        assertThat(told)
                .filteredOn(line -> line.contains("ConcurrentExecutions"))
                .extracting(line -> line.split(" ", -1)[3])
                .containsExactly("1.0", "2.0", "1.0");
    }

    @Test
    void where_all_work_is_done_at_one_instant_an_invocation_still_has_its_length() {
        Duration length = Duration.ofMillis(200);
        FunctionMetrics metrics =
                FunctionMetrics.of("f", this::tell, timeline.clock(), over -> timeline.schedule(length, over));
        metrics.begin().returned(false);
        metrics.begin().returned(false);
        timeline.runFor(length);

        assertThat(told)
                .contains(
                        "AWS/Lambda ConcurrentExecutions {FunctionName=f} 2.0 after PT0S",
                        "AWS/Lambda Duration {FunctionName=f} 200.0 after PT0S");
    }

    private FunctionMetrics metrics() {
        return FunctionMetrics.of("f", this::tell, timeline.clock(), Runnable::run);
    }

    private void tell(String namespace, String name, Object dimensions, double value, Instant at) {
        told.add("%s %s %s %s after %s".formatted(namespace, name, dimensions, value, Duration.between(START, at)));
    }
}
