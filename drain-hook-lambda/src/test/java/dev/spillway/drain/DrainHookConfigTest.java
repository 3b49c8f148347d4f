package dev.spillway.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DrainHookConfigTest {

    @Test
    void is_read() {
        assertThat(DrainHookConfig.read(Map.of(
                        "CLUSTER", "spillway",
                        "AUTO_SCALING_GROUPS", "spot, on-demand,spot",
                        "LIFECYCLE_HOOK", "drain",
                        "DAEMON_FAMILIES", "datadog-*")))
                .isEqualTo(
                        new DrainHookConfig("spillway", List.of("spot", "on-demand"), "drain", List.of("datadog-*")));
    }

    @Test
    void needs_no_daemons() {
        assertThat(DrainHookConfig.read(Map.of("CLUSTER", "c", "AUTO_SCALING_GROUPS", "g", "LIFECYCLE_HOOK", "h"))
                        .daemonFamilies())
                .isEmpty();
    }

    @Test
    void names_everything_that_is_wrong() {
        assertThatIllegalStateException()
                .isThrownBy(() -> DrainHookConfig.read(Map.of("AUTO_SCALING_GROUPS", " , ")))
                .withMessage("The function's environment is wrong: CLUSTER is missing; AUTO_SCALING_GROUPS is missing; "
                        + "LIFECYCLE_HOOK is missing.");
    }
}
