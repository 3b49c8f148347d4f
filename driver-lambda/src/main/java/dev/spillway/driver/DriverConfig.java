package dev.spillway.driver;

import dev.spillway.common.function.Environment;
import dev.spillway.common.task.TaskSize;
import dev.spillway.driver.launch.InstanceProviders;
import dev.spillway.driver.launch.TaskNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What template.yaml tells the driver.
 *
 * @param largestInstance what the largest instance type has for tasks, so that a larger task fails at once; null to wait
 */
record DriverConfig(
        String table,
        String cluster,
        String deadLetterQueueUrl,
        String releaseQueueArn,
        TaskNetwork network,
        InstanceProviders providers,
        AllowList allowed,
        @Nullable TaskSize largestInstance,
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
                        env.requiredList("SUBNETS"),
                        env.list("SECURITY_GROUPS"),
                        env.oneOf("ASSIGN_PUBLIC_IP", "DISABLED", List.of("ENABLED", "DISABLED"))),
                new InstanceProviders(
                        env.optional("SPOT_CAPACITY_PROVIDER").orElse(""),
                        env.optional("ON_DEMAND_CAPACITY_PROVIDER").orElse(""),
                        Duration.ofSeconds(env.integer("PROVISIONING_PATIENCE_SECONDS", 0, 0, 3_600))),
                new AllowList(env.list("TASK_DEFINITIONS"), env.list("FUNCTIONS")),
                largestInstance(
                        env.integer("LARGEST_INSTANCE_CPU", 0, 0, 1_000_000),
                        env.integer("LARGEST_INSTANCE_MEMORY", 0, 0, 100_000_000)),
                Duration.ofDays(env.integer("RETENTION_DAYS", 14, 1, 3_650)));
        if (!config.providers().areComplete()) {
            env.wrong("SPOT_CAPACITY_PROVIDER and ON_DEMAND_CAPACITY_PROVIDER want a provider each, or neither");
        }
        env.check();
        return config;
    }

    /** Zero stands for "not known". */
    private static @Nullable TaskSize largestInstance(int cpu, int memory) {
        return cpu == 0 || memory == 0 ? null : new TaskSize(cpu, memory);
    }
}
