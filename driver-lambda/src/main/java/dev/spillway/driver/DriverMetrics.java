package dev.spillway.driver;

import java.util.Collection;
import java.util.Locale;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Publishes what became of a batch: one set of metrics an invocation, in CloudWatch's embedded metric format. */
final class DriverMetrics {

    private final Metrics metrics;

    DriverMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    void publish(Collection<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Placed placed -> {
                    count("TasksAccepted");
                    count("TasksPlaced" + camelCase(placed.capacityType().name()));
                    metrics.addMetric("TasksSpilledOver", placed.spilledOver() ? 1 : 0, MetricUnit.COUNT);
                    metrics.addMetric("LaunchLatency", placed.latency().toMillis(), MetricUnit.MILLISECONDS);
                }
                case Outcome.Waiting waiting -> {
                    count("TasksAccepted");
                    count("TasksWaiting");
                }
                case Outcome.Failed failed -> {
                    count("TasksAccepted");
                    count("TasksNotStarted");
                }
                case Outcome.Rejected rejected -> count("MessagesRejected");
                case Outcome.Answered answered -> count("MessagesAnswered");
                case Outcome.Cancelled cancelled -> count("TasksCancelled");
            }
        }
        metrics.flush();
    }

    private void count(String name) {
        metrics.addMetric(name, 1, MetricUnit.COUNT);
    }

    /** {@code FARGATE_SPOT} becomes {@code FargateSpot}. */
    private static String camelCase(String name) {
        StringBuilder text = new StringBuilder();
        for (String word : name.split("_", -1)) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
