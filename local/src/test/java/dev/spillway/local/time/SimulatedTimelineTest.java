package dev.spillway.local.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedTimelineTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final SimulatedTimeline timeline = new SimulatedTimeline(START, 1);
    private final List<String> ran = new ArrayList<>();

    private Runnable note(String what) {
        return () ->
                ran.add(what + "@" + Duration.between(START, timeline.now()).toSeconds());
    }

    @Test
    void eventsRunInTheOrderOfTheirTimesAndTiesInTheOrderOfTheirScheduling() {
        timeline.schedule(Duration.ofSeconds(2), note("late"));
        timeline.schedule(Duration.ofSeconds(1), note("first"));
        timeline.schedule(Duration.ofSeconds(1), note("second"));

        timeline.runUntilIdle();

        assertThat(ran).containsExactly("first@1", "second@1", "late@2");
    }

    @Test
    void anActionNeverRunsInsideTheCallThatSchedulesIt() {
        timeline.schedule(Duration.ZERO, () -> {
            timeline.schedule(Duration.ofSeconds(-5), note("inner"));
            note("outer").run();
        });

        timeline.runUntilIdle();

        assertThat(ran).containsExactly("outer@0", "inner@0");
    }

    @Test
    void runUntilStopsTheClockAtTheInstantEvenWhereNothingHappens() {
        timeline.schedule(Duration.ofSeconds(10), note("at the end"));
        timeline.schedule(Duration.ofSeconds(11), note("after it"));

        timeline.runUntil(START.plusSeconds(10));

        assertThat(ran).containsExactly("at the end@10");
        assertThat(timeline.clock().instant()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void whatIsCancelledDoesNotRun() {
        Scheduled cancelled = timeline.schedule(Duration.ofSeconds(1), note("cancelled"));
        cancelled.cancel();
        cancelled.cancel();

        timeline.runUntilIdle();

        assertThat(ran).isEmpty();
    }

    @Test
    void timeDoesNotRunBackwards() {
        assertThatIllegalArgumentException().isThrownBy(() -> timeline.runUntil(START.minusSeconds(1)));
    }
}
