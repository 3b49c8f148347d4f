package dev.spillway.taskstate;

import dev.spillway.common.function.Environment;
import java.time.Duration;
import java.util.Map;

/**
 * What template.yaml tells the function.
 *
 * @param maxLosses how often a task is released again after the infrastructure took its run, before it fails
 */
record TaskStateConfig(String table, String cluster, String releaseQueueUrl, Duration retention, int maxLosses) {

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
                env.integer("MAX_LOSSES", 10, 0, 20));
        env.check();
        return config;
    }
}
