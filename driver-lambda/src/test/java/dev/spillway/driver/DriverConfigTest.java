package dev.spillway.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.common.task.TaskSize;
import dev.spillway.driver.launch.InstanceProviders;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriverConfigTest {

    private static final Map<String, String> COMPLETE = Map.of(
            "TABLE_NAME", "tasks",
            "CLUSTER", "jobs",
            "DEAD_LETTER_QUEUE_URL", "https://sqs.us-east-1.amazonaws.com/1/dlq",
            "RELEASE_QUEUE_ARN", "arn:aws:sqs:us-east-1:1:released",
            "SUBNETS", "subnet-1");

    @Test
    void whatMayBeLeftOutHasADefault() {
        DriverConfig config = DriverConfig.read(COMPLETE);
        assertThat(config.retention()).isEqualTo(Duration.ofDays(14));
        assertThat(config.largestInstance()).isNull();
        assertThat(config.network().securityGroups()).isEmpty();
    }

    @Test
    void theLargestInstanceIsKnownWhenBothOfItsNumbersAre() {
        Map<String, String> env = new HashMap<>(COMPLETE);
        env.put("LARGEST_INSTANCE_CPU", "2048");
        assertThat(DriverConfig.read(env).largestInstance()).isNull();
        env.put("LARGEST_INSTANCE_MEMORY", "7680");
        assertThat(DriverConfig.read(env).largestInstance()).isEqualTo(new TaskSize(2_048, 7_680));
    }

    @Test
    void theGroupsHaveAProviderEachOrNone() {
        Map<String, String> env = new HashMap<>(COMPLETE);
        assertThat(DriverConfig.read(env).providers()).isEqualTo(InstanceProviders.NONE);
        env.put("SPOT_CAPACITY_PROVIDER", "jobs-spot");
        assertThatThrownBy(() -> DriverConfig.read(env))
                .hasMessageContaining("SPOT_CAPACITY_PROVIDER and ON_DEMAND_CAPACITY_PROVIDER want a provider each");
        env.put("ON_DEMAND_CAPACITY_PROVIDER", "jobs-on-demand");
        env.put("PROVISIONING_PATIENCE_SECONDS", "90");
        assertThat(DriverConfig.read(env).providers())
                .isEqualTo(new InstanceProviders("jobs-spot", "jobs-on-demand", Duration.ofSeconds(90)));
    }

    @Test
    void everythingWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> DriverConfig.read(Map.of("ASSIGN_PUBLIC_IP", "yes", "RETENTION_DAYS", "0")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("TABLE_NAME is missing")
                .hasMessageContaining("CLUSTER is missing")
                .hasMessageContaining("DEAD_LETTER_QUEUE_URL is missing")
                .hasMessageContaining("RELEASE_QUEUE_ARN is missing")
                .hasMessageContaining("SUBNETS is missing")
                .hasMessageContaining("ASSIGN_PUBLIC_IP wants one of ENABLED, DISABLED")
                .hasMessageContaining("RETENTION_DAYS wants a whole number from 1 to 3650");
    }
}
