package dev.spillway.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.local.time.Sampler;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class QueueMetricsTest {

    private static final Instant START = Instant.parse("2026-01-02T12:00:00Z");

    private final SimulatedTimeline timeline = new SimulatedTimeline(START, 1);
    private final List<String> told = new ArrayList<>();

    @Test
    void each_queue_is_told_of_once_a_minute_until_it_is_closed() {
        Sampler metrics = start(() -> Map.of("jobs", new QueueMetrics.Depth(3, Optional.empty())));
        timeline.runFor(Duration.ofSeconds(119));
        metrics.close();
        timeline.runFor(Duration.ofMinutes(2));

        assertThat(told)
                .containsExactly(
                        "AWS/SQS ApproximateNumberOfMessagesVisible {QueueName=jobs} 3.0 after PT0S",
                        "AWS/SQS ApproximateNumberOfMessagesVisible {QueueName=jobs} 3.0 after PT1M");
    }

    @Test
    void an_age_is_told_where_it_is_known() {
        start(() -> Map.of("jobs", new QueueMetrics.Depth(3, Optional.of(Duration.ofMillis(2_700)))));
        timeline.runFor(Duration.ofSeconds(1));

        assertThat(told)
                .contains("AWS/SQS ApproximateAgeOfOldestMessage {QueueName=jobs} 2.0 after PT0S")
                .hasSize(2);
    }

    @Test
    void a_look_that_fails_is_not_the_last_one() {
        List<String> looks = new ArrayList<>();
        start(() -> {
            looks.add("look");
            throw new IllegalStateException("SQS is being stopped");
        });
        // On this timeline a failure ends the run; on the real one it is logged.
        assertThatThrownBy(() -> timeline.runFor(Duration.ofSeconds(1))).hasMessageContaining("stopped");
        assertThatThrownBy(() -> timeline.runFor(Duration.ofMinutes(1))).hasMessageContaining("stopped");

        assertThat(looks).hasSize(2);
        assertThat(told).isEmpty();
    }

    private Sampler start(Supplier<Map<String, QueueMetrics.Depth>> depths) {
        return QueueMetrics.start(
                timeline,
                (namespace, name, dimensions, value, at) -> told.add("%s %s %s %s after %s"
                        .formatted(namespace, name, dimensions, value, Duration.between(START, at))),
                depths);
    }
}
