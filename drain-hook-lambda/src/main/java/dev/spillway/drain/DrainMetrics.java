package dev.spillway.drain;

import dev.spillway.drain.step.DrainStep;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Publishes what became of an invocation: one set of metrics, in CloudWatch's embedded metric format. */
final class DrainMetrics {

    private final Metrics metrics;

    DrainMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    void publish(DrainHook.Result result) {
        Map<String, Integer> counts = new TreeMap<>();
        if (result.ignored()) {
            counts.put("EventsIgnored", 1);
        }
        for (Looked looked : result.looked()) {
            looked.taken().forEach(step -> count(step, counts));
            add(counts, "LifecycleActionsGone", looked.actionGone() ? 1 : 0);
            add(counts, "DrainFailures", looked.failure() == null ? 0 : 1);
        }
        add(counts, "DrainFailures", result.troubles().size());
        if (!counts.isEmpty()) {
            counts.forEach((name, count) -> metrics.addMetric(name, count, MetricUnit.COUNT));
            metrics.flush();
        }
    }

    private static void count(DrainStep step, Map<String, Integer> counts) {
        switch (step) {
            case DrainStep.Drain drain -> add(counts, "InstancesDraining", 1);
            case DrainStep.LookAtTasks look -> {
                // On the way to one of the others.
            }
            case DrainStep.Heartbeat heartbeat -> add(counts, "InstancesHeld", 1);
            case DrainStep.StopTasks stop -> {
                add(counts, "InstancesHeld", 1);
                add(counts, "TasksStoppedByDrain", stop.tasks().size());
            }
            case DrainStep.Complete complete -> {
                add(counts, "InstancesCompleted", 1);
                add(counts, "TasksStoppedByDrain", complete.tasks().size());
            }
            case DrainStep.Leave leave -> add(counts, "InstancesLeft", 1);
        }
    }

    private static void add(Map<String, Integer> counts, String name, int count) {
        if (count > 0) {
            counts.merge(name, count, Integer::sum);
        }
    }
}
