package dev.spillway.drain.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.drain.step.DrainStep.Held;
import dev.spillway.drain.step.DrainStep.Reason;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StepTextTest {

    private static final Held HELD =
            new Held(Instant.parse("2026-11-01T10:00:00Z"), true, 2, 1, Instant.parse("2026-11-02T10:00:00Z"));

    private static final String HOW =
            "2 tasks run and 1 are stopping; it waits since 2026-11-01T10:00:00Z, and they are stopped from 2026-11-02T10:00:00Z on";

    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of(List.of(), "nothing was done"),
                Arguments.of(
                        List.of(new DrainStep.Drain("instance"), new DrainStep.Heartbeat(HELD)),
                        "set to DRAINING, waited for: " + HOW),
                Arguments.of(
                        List.of(new DrainStep.StopTasks(List.of("one", "two"), HELD)),
                        "stopped 2 tasks, for its time is nearly up: " + HOW),
                Arguments.of(
                        List.of(new DrainStep.Complete(Reason.NO_TASK_HOLDS_IT, List.of())),
                        "let go: no task holds it"),
                Arguments.of(
                        List.of(new DrainStep.Complete(Reason.LOST, List.of("one"))),
                        "let go: it is unhealthy and its agent does not answer, with 1 tasks that were stopped"),
                Arguments.of(
                        List.of(new DrainStep.Leave(Reason.DRAINING_ALREADY)), "left as it is: it drains already"));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void says_what_was_done_with_an_instance(List<DrainStep> taken, String sentence) {
        assertThat(StepText.of(taken)).isEqualTo(sentence);
    }
}
