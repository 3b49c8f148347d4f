package dev.spillway.taskstate.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AnnounceConfigTest {

    @Test
    void the_bus_is_named() {
        assertThat(AnnounceConfig.read(Map.of("EVENT_BUS_NAME", "default", "CLUSTER", "jobs")))
                .isEqualTo(new AnnounceConfig("default", "jobs"));
    }

    @Test
    void without_a_bus_nothing_starts() {
        assertThatThrownBy(() -> AnnounceConfig.read(Map.of("EVENT_BUS_NAME", " ")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("EVENT_BUS_NAME is missing; CLUSTER is missing");
    }
}
