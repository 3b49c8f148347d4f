package dev.spillway.capacitymetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.spillway.capacitymetric.capacity.ContainerSize;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityMetricConfigTest {

    private static final Map<String, String> LEAST = Map.of(
            "TABLE_NAME", "tasks",
            "CLUSTER", "spillway",
            "LARGEST_CONTAINER_CPU", "1024",
            "LARGEST_CONTAINER_MEMORY", "2048");

    @Test
    void is_read_with_its_defaults() {
        assertThat(CapacityMetricConfig.read(LEAST))
                .isEqualTo(new CapacityMetricConfig(
                        "tasks",
                        "spillway",
                        "Spillway",
                        new ContainerSize(1_024, 2_048, 0),
                        false,
                        Duration.ofHours(24)));
    }

    @Test
    void is_read_with_all_that_can_be_said() {
        Map<String, String> all = new HashMap<>(LEAST);
        all.putAll(Map.of(
                "LARGEST_CONTAINER_CPU", "0",
                "LARGEST_CONTAINER_GPU", "2",
                "LARGEST_CONTAINER", "auto",
                "LARGEST_CONTAINER_HOURS", "720",
                "METRIC_NAMESPACE", "Batch"));

        assertThat(CapacityMetricConfig.read(all))
                .isEqualTo(new CapacityMetricConfig(
                        "tasks", "spillway", "Batch", new ContainerSize(0, 2_048, 2), true, Duration.ofDays(30)));
    }

    @Test
    void names_everything_that_is_wrong_and_no_value() {
        assertThatIllegalStateException()
                .isThrownBy(() -> CapacityMetricConfig.read(Map.of(
                        "TABLE_NAME", " ",
                        "LARGEST_CONTAINER_CPU", "1 vCPU",
                        "LARGEST_CONTAINER_GPU", "-1",
                        "LARGEST_CONTAINER", "secret",
                        "LARGEST_CONTAINER_HOURS", "0")))
                .withMessage("The function's environment is wrong: TABLE_NAME is missing; CLUSTER is missing; "
                        + "LARGEST_CONTAINER_CPU wants a whole number from 0 to 2000000; "
                        + "LARGEST_CONTAINER_MEMORY is missing; "
                        + "LARGEST_CONTAINER_GPU wants a whole number from 0 to 64; "
                        + "LARGEST_CONTAINER wants one of configured, auto; "
                        + "LARGEST_CONTAINER_HOURS wants a whole number from 1 to 720.");
    }

    @ParameterizedTest
    @CsvSource({"configured", "auto"})
    void wants_the_size_however_the_largest_is_found(String mode) {
        assertThatIllegalStateException()
                .isThrownBy(() -> CapacityMetricConfig.read(
                        Map.of("TABLE_NAME", "tasks", "CLUSTER", "spillway", "LARGEST_CONTAINER", mode)))
                .withMessageEndingWith("wrong: LARGEST_CONTAINER_CPU is missing; LARGEST_CONTAINER_MEMORY is missing.");
    }

    @ParameterizedTest
    @CsvSource({"spillway, spillway", "arn:aws:ecs:eu-central-1:123456789012:cluster/spillway, spillway"})
    void knows_the_name_of_the_cluster(String cluster, String name) {
        Map<String, String> variables = new HashMap<>(LEAST);
        variables.put("CLUSTER", cluster);

        assertThat(CapacityMetricConfig.read(variables).clusterName()).isEqualTo(name);
    }
}
