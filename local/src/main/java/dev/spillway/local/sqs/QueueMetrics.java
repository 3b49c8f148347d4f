package dev.spillway.local.sqs;

import dev.spillway.local.ec2.MetricSink;
import dev.spillway.local.time.Sampler;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What SQS tells CloudWatch of its queues once a minute, by {@code QueueName} (SQS developer guide, "Available CloudWatch
 * metrics for Amazon SQS"). AWS stops to tell of a queue that nobody has used for six hours; here it goes on.
 */
public final class QueueMetrics {

    private static final String NAMESPACE = "AWS/SQS";
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private QueueMetrics() {}

    /**
     * What a queue holds.
     *
     * @param visible messages that could be received now
     * @param oldest how long ago the oldest message came that counts: not one that was received three times or more and is
     *     still there; empty if there is none, or if it is not known
     */
    public record Depth(int visible, Optional<Duration> oldest) {}

    /**
     * Begins at once.
     *
     * @param depths by the name of the queue
     * @return to be closed by the caller
     */
    public static Sampler start(Timeline timeline, MetricSink sink, Supplier<Map<String, Depth>> depths) {
        return Sampler.start(timeline, PERIOD, () -> {
            Map<String, Depth> now = depths.get();
            now.forEach((queueName, depth) -> put(sink, queueName, depth, timeline.now()));
        });
    }

    private static void put(MetricSink sink, String queueName, Depth depth, Instant at) {
        Map<String, String> dimensions = Map.of("QueueName", queueName);
        sink.put(NAMESPACE, "ApproximateNumberOfMessagesVisible", dimensions, depth.visible(), at);
        depth.oldest()
                .ifPresent(age ->
                        sink.put(NAMESPACE, "ApproximateAgeOfOldestMessage", dimensions, (double) age.toSeconds(), at));
    }
}
