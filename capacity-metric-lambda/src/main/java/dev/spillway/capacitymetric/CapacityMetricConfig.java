package dev.spillway.capacitymetric;

import dev.spillway.capacitymetric.capacity.ContainerSize;
import dev.spillway.common.function.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What template.yaml tells the function.
 *
 * @param namespace of the metrics
 * @param largest the largest container as configured. Always there: where the sizes are to be seen in the records, it
 *     counts while there is nothing to see. Its GPUs count in both cases: records do not know any
 * @param fromRecords whether the sizes are those of the tasks that ran or wait
 * @param window how long ago a task may have ended to count among them
 */
record CapacityMetricConfig(
        String table, String cluster, String namespace, ContainerSize largest, boolean fromRecords, Duration window) {

    private static final String CONFIGURED = "configured";
    private static final String AUTO = "auto";

    /** More than any EC2 instance type has, so that a slip of units shows. */
    private static final int MAX_CPU = 2_000_000;

    private static final int MAX_MEMORY = 64 * 1_024 * 1_024;
    private static final int MAX_GPUS = 64;
    private static final int MAX_HOURS = 30 * 24;

    /**
     * Reads the function's environment.
     *
     * @throws IllegalStateException if anything in it is wrong, with all of it
     */
    static CapacityMetricConfig read(Map<String, String> variables) {
        Environment env = new Environment(variables);
        String table = env.required("TABLE_NAME");
        String cluster = env.required("CLUSTER");
        String namespace = env.optional("METRIC_NAMESPACE").orElse("Spillway");
        // A container may well reserve no CPU; one without memory ECS does not accept.
        ContainerSize largest = new ContainerSize(
                required(env, "LARGEST_CONTAINER_CPU", 0, MAX_CPU),
                required(env, "LARGEST_CONTAINER_MEMORY", 1, MAX_MEMORY),
                env.integer("LARGEST_CONTAINER_GPU", 0, 0, MAX_GPUS));
        boolean fromRecords = env.oneOf("LARGEST_CONTAINER", CONFIGURED, List.of(CONFIGURED, AUTO))
                .equals(AUTO);
        Duration window = Duration.ofHours(env.integer("LARGEST_CONTAINER_HOURS", 24, 1, MAX_HOURS));
        env.check();
        return new CapacityMetricConfig(table, cluster, namespace, largest, fromRecords, window);
    }

    private static int required(Environment env, String name, int min, int max) {
        env.required(name);
        return env.integer(name, min, min, max);
    }

    /** The name of the cluster, which may be given as an ARN. */
    String clusterName() {
        return cluster.substring(cluster.lastIndexOf('/') + 1);
    }
}
