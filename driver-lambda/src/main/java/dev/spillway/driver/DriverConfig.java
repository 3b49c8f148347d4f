package dev.spillway.driver;

import dev.spillway.common.aws.Environment;
import dev.spillway.driver.launch.TaskNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What template.yaml tells the driver. */
record DriverConfig(
        String table,
        String cluster,
        String deadLetterQueueUrl,
        String releaseQueueArn,
        TaskNetwork network,
        AllowList allowed,
        Duration retention) {

    /**
     * Reads the function's environment.
     *
     * @throws IllegalStateException if anything in it is wrong, with all of it
     */
    static DriverConfig read(Map<String, String> variables) {
        Environment env = new Environment(variables);
        DriverConfig config = new DriverConfig(
                env.required("TABLE_NAME"),
                env.required("CLUSTER"),
                env.required("DEAD_LETTER_QUEUE_URL"),
                env.required("RELEASE_QUEUE_ARN"),
                new TaskNetwork(
                        env.list("SUBNETS"),
                        env.list("SECURITY_GROUPS"),
                        env.oneOf("ASSIGN_PUBLIC_IP", "DISABLED", List.of("ENABLED", "DISABLED"))),
                new AllowList(env.list("TASK_DEFINITIONS"), env.list("FUNCTIONS")),
                Duration.ofDays(env.integer("RETENTION_DAYS", 14, 1, 3_650)));
        env.check();
        return config;
    }
}
