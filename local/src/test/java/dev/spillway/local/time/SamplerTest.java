package dev.spillway.local.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.local.cli.run.Records;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SamplerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SimulatedTimeline timeline = new SimulatedTimeline(Records.SENT, 1);
    private final AtomicInteger samples = new AtomicInteger();

    @Test
    void it_looks_at_once_and_then_every_second_until_it_is_closed() {
        Sampler sampler = Sampler.start(timeline, SECOND, samples::incrementAndGet);
        timeline.runFor(SECOND.multipliedBy(3));
        assertThat(samples).hasValue(4);

        sampler.close();
        timeline.runFor(SECOND.multipliedBy(3));

        assertThat(samples).hasValue(4);
    }

    @Test
    void a_look_that_fails_is_not_the_last_one() {
        Sampler sampler = Sampler.start(timeline, SECOND, () -> {
            if (samples.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
            }
        });

        // On this timeline a failure ends the run; on the real one it is logged.
        assertThatThrownBy(() -> timeline.runFor(SECOND)).hasMessage("not now");
        timeline.runFor(SECOND);

        assertThat(samples).hasValueGreaterThan(1);
        sampler.close();
    }
}
