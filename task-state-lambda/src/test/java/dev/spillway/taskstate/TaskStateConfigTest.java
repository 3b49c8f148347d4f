package dev.spillway.taskstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskStateConfigTest {

    @Test
    void is_read_with_its_defaults() {
        assertThat(TaskStateConfig.read(
                        Map.of("TABLE_NAME", "tasks", "CLUSTER", "spillway", "RELEASE_QUEUE_URL", "https://queue")))
                .isEqualTo(new TaskStateConfig(
                        "tasks", "spillway", "https://queue", Duration.ofDays(14), 10, Duration.ZERO));
    }

    @Test
    void knows_by_the_patience_whether_capacity_providers_find_the_instances() {
        Map<String, String> env = new HashMap<>(
                Map.of("TABLE_NAME", "tasks", "CLUSTER", "spillway", "RELEASE_QUEUE_URL", "https://queue"));
        assertThat(TaskStateConfig.read(env).providersFindInstances()).isFalse();
        env.put("PROVISIONING_PATIENCE_SECONDS", "120");
        assertThat(TaskStateConfig.read(env).providersFindInstances()).isTrue();
        assertThat(TaskStateConfig.read(env).patience()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void names_everything_that_is_wrong_and_no_value() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        TaskStateConfig.read(Map.of("TABLE_NAME", " ", "RETENTION_DAYS", "secret", "MAX_LOSSES", "21")))
                .withMessage("The function's environment is wrong: TABLE_NAME is missing; CLUSTER is missing; "
                        + "RELEASE_QUEUE_URL is missing; RETENTION_DAYS wants a whole number from 1 to 3650; "
                        + "MAX_LOSSES wants a whole number from 0 to 20.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "21", "ten", "1.5", "99999999999"})
    void has_bounds_for_losses(String losses) {
        assertThatIllegalStateException()
                .isThrownBy(() -> TaskStateConfig.read(
                        Map.of("TABLE_NAME", "t", "CLUSTER", "c", "RELEASE_QUEUE_URL", "q", "MAX_LOSSES", losses)))
                .withMessageEndingWith("wrong: MAX_LOSSES wants a whole number from 0 to 20.");
    }
}
