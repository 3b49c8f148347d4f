package dev.spillway.local.ec2;

import java.time.Instant;
import java.util.Map;

/** Where the metrics of the simulated services go: what CloudWatch is to the real ones. */
@FunctionalInterface
public interface MetricSink {

    /**
     * Takes one data point. Called from the timeline, with no lock held.
     *
     * @param namespace for example {@code AWS/AutoScaling}
     * @param name for example {@code GroupDesiredCapacity}
     * @param dimensions by name
     * @param value in the metric's own unit
     * @param at when it was measured
     */
    void put(String namespace, String name, Map<String, String> dimensions, double value, Instant at);
}
