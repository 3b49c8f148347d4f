package dev.spillway.local.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventDisturbanceTest {

    private static final int EVENTS = 1_000;

    private static List<Integer> arrived(double lost, double doubled, Duration maxDelay, long seed) {
        SimulatedTimeline timeline = new SimulatedTimeline(Instant.EPOCH, 1);
        List<Integer> arrived = new ArrayList<>();
        EventSink sink = new EventDisturbance(
                event -> arrived.add(event.path("n").asInt()),
                timeline,
                new EventDisturbance.Faults(lost, doubled, maxDelay),
                seed);
        for (int n = 0; n < EVENTS; n++) {
            sink.put(JsonNodeFactory.instance.objectNode().put("n", n));
        }
        timeline.runUntilIdle();
        return arrived;
    }

    @Test
    void withoutFaultsEventsPassInTheirOrder() {
        assertThat(arrived(0, 0, Duration.ZERO, 1)).hasSize(EVENTS).isSorted();
    }

    @Test
    void theGivenSharesAreLostAndDoubledAndTheRestIsShuffled() {
        List<Integer> arrived = arrived(0.3, 0.3, Duration.ofSeconds(5), 1);

        long different = arrived.stream().distinct().count();
        assertThat(different).isBetween(650L, 750L);
        assertThat(arrived.size() - different).isBetween(170L, 250L);
        assertThat(arrived).isNotEqualTo(arrived.stream().sorted().toList());
    }

    @Test
    void theSeedDecides() {
        Duration delay = Duration.ofSeconds(5);
        assertThat(arrived(0.3, 0.3, delay, 7)).isEqualTo(arrived(0.3, 0.3, delay, 7));
        assertThat(arrived(0.3, 0.3, delay, 7)).isNotEqualTo(arrived(0.3, 0.3, delay, 8));
    }
}
