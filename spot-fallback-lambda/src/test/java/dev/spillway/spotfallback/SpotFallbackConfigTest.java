package dev.spillway.spotfallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpotFallbackConfigTest {

    @Test
    void is_read_with_its_defaults() {
        assertThat(SpotFallbackConfig.read(
                        Map.of("SPOT_FLEET_ID", " ", "SPOT_GROUP", "spot", "ON_DEMAND_GROUP", "on-demand")))
                .isEqualTo(new SpotFallbackConfig(
                        Optional.empty(), Optional.of("spot"), "on-demand", 1, Duration.ofMinutes(10)));
    }

    @Test
    void is_read_for_a_fleet_with_weights() {
        assertThat(SpotFallbackConfig.read(Map.of(
                        "SPOT_FLEET_ID", "sfr-1",
                        "ON_DEMAND_GROUP", "on-demand",
                        "SPOT_WEIGHT", "4.5",
                        "QUIET_MINUTES", "20")))
                .isEqualTo(new SpotFallbackConfig(
                        Optional.of("sfr-1"), Optional.empty(), "on-demand", 4.5, Duration.ofMinutes(20)));
    }

    @Test
    void names_everything_that_is_wrong() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SpotFallbackConfig.read(Map.of("SPOT_WEIGHT", "0", "QUIET_MINUTES", "0")))
                .withMessage("The function's environment is wrong: ON_DEMAND_GROUP is missing; "
                        + "SPOT_WEIGHT wants a number above 0; QUIET_MINUTES wants a whole number from 1 to 180; "
                        + "SPOT_FLEET_ID or SPOT_GROUP has to be there.");
    }

    @Test
    void a_group_cannot_stand_in_for_itself() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SpotFallbackConfig.read(Map.of("SPOT_GROUP", "one", "ON_DEMAND_GROUP", "one")))
                .withMessageEndingWith("wrong: SPOT_GROUP and ON_DEMAND_GROUP are the same.");
    }
}
