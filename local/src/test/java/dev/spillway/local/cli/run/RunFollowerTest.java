package dev.spillway.local.cli.run;

import static dev.spillway.local.cli.run.Records.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.local.cli.FakeSqs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunFollowerTest {

    private static final Line LINE = new Line(1, "{\"taskId\":\"a\"}");

    private final FakeSqs sqs = new FakeSqs((messageId, body) -> {});
    private final Steps steps = new Steps();
    private final RunState state = new RunState(List.of(LINE), SENT);
    private final List<String> failures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    @Test
    void endsWhenTheTaskHasEnded() {
        steps.at(0, new RunEvent.Sent(LINE, "m"), new RunEvent.SendingEnded());
        steps.at(3, new RunEvent.Recorded(Records.failed("a")));

        assertThat(follow()).isEqualTo(RunEnd.COMPLETE);
        assertThat(steps.seconds()).isEqualTo(3);
        assertThat(failures).containsExactly("a");
    }

    @Test
    void waitsForTheQueueToBeEmptyBeforeItTrustsAnEnd() {
        sqs.inFlight(1);
        steps.at(0, new RunEvent.Sent(LINE, "m"), new RunEvent.SendingEnded());
        steps.at(1, new RunEvent.Recorded(Records.succeeded("a")));
        steps.run(4, () -> {
            sqs.deadLetter("m", "belongs to a task of other content");
            sqs.inFlight(0);
        });

        assertThat(follow()).isEqualTo(RunEnd.COMPLETE);
        assertThat(failures).containsExactly("a");
        assertThat(state.tally().in(Row.State.REJECTED)).isEqualTo(1);
    }

    @Test
    void givesUpOnTheWaitingWhenTheSweepHasFoundNothingForThem() {
        steps.at(0, new RunEvent.Sent(LINE, "m"), new RunEvent.SendingEnded());
        steps.at(5, new RunEvent.Recorded(Records.waiting("a")));

        assertThat(follow()).isEqualTo(RunEnd.STUCK);
        assertThat(steps.seconds()).isEqualTo(75);
        assertThat(notes)
                .containsExactly("20 s: Nothing runs, and 1 task waits for a place; the sweep looks for one once"
                        + " a minute. The run ends after 70 s without news.");
    }

    @Test
    void seesWhatTheSweepStarts() {
        steps.at(0, new RunEvent.Sent(LINE, "m"), new RunEvent.SendingEnded());
        steps.at(5, new RunEvent.Recorded(Records.waiting("a")));
        steps.at(66, new RunEvent.Recorded(Records.succeeded("a")));

        assertThat(follow()).isEqualTo(RunEnd.COMPLETE);
    }

    @Test
    void waitsForeverForWhatRuns() {
        steps.at(0, new RunEvent.Sent(LINE, "m"), new RunEvent.SendingEnded());
        steps.at(5, new RunEvent.Recorded(Records.running("a", CapacityType.EC2).build()));
        steps.at(3_600, new RunEvent.Recorded(Records.succeeded("a")));

        assertThat(follow()).isEqualTo(RunEnd.COMPLETE);
        assertThat(steps.seconds()).isEqualTo(3_600);
    }

    @Test
    void stopsAtOnceWhenItIsToldTo() {
        steps.at(2, new RunEvent.Stopped());

        assertThat(follow()).isEqualTo(RunEnd.STOPPED);
        assertThat(steps.seconds()).isEqualTo(2);
    }

    private RunEnd follow() {
        Progress progress = new Progress() {
            @Override
            public void show(Tally tally, Instant now) {}

            @Override
            public void failed(Row row) {
                failures.add(row.name());
            }

            @Override
            public void note(String sentence) {
                notes.add(steps.seconds() + " s: " + sentence);
            }

            @Override
            public void close() {}
        };
        return new RunFollower(state, steps, new Queues(sqs, "tasks", "dead-letters"), progress, steps.clock())
                .follow();
    }

    /** An inbox whose every look takes a second. */
    private static final class Steps implements Inbox {

        private final Map<Integer, List<RunEvent>> events = new TreeMap<>();
        private final Map<Integer, Runnable> actions = new TreeMap<>();
        private int second = -1;

        void at(int when, RunEvent... what) {
            events.put(when, List.of(what));
        }

        void run(int when, Runnable action) {
            actions.put(when, action);
        }

        int seconds() {
            return second;
        }

        @Override
        public void put(RunEvent event) {
            throw new UnsupportedOperationException("all events are known before");
        }

        @Override
        public List<RunEvent> next() {
            second++;
            actions.getOrDefault(second, () -> {}).run();
            return events.getOrDefault(second, List.of());
        }

        Clock clock() {
            return new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return SENT.plus(Duration.ofSeconds(second));
                }
            };
        }
    }
}
