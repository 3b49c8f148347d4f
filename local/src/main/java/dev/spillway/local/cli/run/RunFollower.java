package dev.spillway.local.cli.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Follows a run to its end. */
final class RunFollower {

    /** How often the queues are asked. They are in this JVM and answer at once, but not for free. */
    private static final Duration LOOK_AT_QUEUES = Duration.ofMillis(500);

    private final RunState state;
    private final Inbox inbox;
    private final Queues queues;
    private final Progress progress;
    private final Clock clock;
    private Instant lookedAt = Instant.MIN;
    private Instant lullSince = Instant.MIN;

    RunFollower(RunState state, Inbox inbox, Queues queues, Progress progress, Clock clock) {
        this.state = state;
        this.inbox = inbox;
        this.queues = queues;
        this.progress = progress;
        this.clock = clock;
    }

    /** Returns when the run is over, with the way in which it ended. */
    RunEnd follow() {
        RunEnd end = RunEnd.NOT_YET;
        while (end == RunEnd.NOT_YET || end == RunEnd.LULL) {
            List<RunEvent> events = inbox.next();
            Instant now = clock.instant();
            events.forEach(event -> state.apply(event, now));
            end = state.isStopped() ? RunEnd.STOPPED : decide(now);
            state.takeNews().forEach(progress::failed);
            tellOfLull(end);
            progress.show(state.tally(), now);
        }
        return end;
    }

    /** Once for each lull: a person who sees nothing happen wants to know what for. */
    private void tellOfLull(RunEnd end) {
        if (end == RunEnd.LULL && !state.lastChange().equals(lullSince)) {
            lullSince = state.lastChange();
            progress.note(RunText.lull(state.tally()));
        }
    }

    private RunEnd decide(Instant now) {
        Tally tally = state.tally();
        boolean allEnded = state.isSendingEnded() && tally.ended() == tally.submitted();
        if (!allEnded && now.isBefore(lookedAt.plus(LOOK_AT_QUEUES))) {
            return RunEnd.NOT_YET;
        }
        lookedAt = now;
        // In this order: what has left the queue is in the dead-letter queue, or a record of it is in the inbox.
        boolean queueEmpty = state.isSendingEnded() && queues.isTaskQueueEmpty();
        queues.takeDeadLetters().forEach(letter -> state.apply(letter, now));
        return RunEnd.of(state.tally(), state.isSendingEnded(), queueEmpty, state.lastChange(), now);
    }
}
