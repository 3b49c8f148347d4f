package dev.spillway.taskstate;

import dev.spillway.common.function.Environment;
import java.time.Duration;
import java.util.Map;

/**
 * What template.yaml tells the function.
 *
 * @param patience how long ECS may look for an instance for a task whose chain leads on; zero unless capacity providers
 *     find the instances
 * @param maxLosses how often a task is released again after the infrastructure took its run, before it fails
 */
record TaskStateConfig(
        String table, String cluster, String releaseQueueUrl, Duration retention, int maxLosses, Duration patience) {

    /**
     * Reads the function's environment.
     *
     * @throws IllegalStateException if anything in it is wrong, with all of it
     */
    static TaskStateConfig read(Map<String, String> variables) {
        Environment env = new Environment(variables);
        TaskStateConfig config = new TaskStateConfig(
                env.required("TABLE_NAME"),
                env.required("CLUSTER"),
                env.required("RELEASE_QUEUE_URL"),
                Duration.ofDays(env.integer("RETENTION_DAYS", 14, 1, 3_650)),
                env.integer("MAX_LOSSES", 10, 0, 20),
                Duration.ofSeconds(env.integer("PROVISIONING_PATIENCE_SECONDS", 0, 0, 3_600)));
        env.check();
        return config;
    }

    /** Whether ECS accepts tasks that it has no instance for. */
    boolean providersFindInstances() {
        return !patience.isZero();
    }
}
