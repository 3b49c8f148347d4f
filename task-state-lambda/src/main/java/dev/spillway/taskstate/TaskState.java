package dev.spillway.taskstate;

import dev.spillway.common.task.TaskId;
import dev.spillway.taskstate.event.Event;
import dev.spillway.taskstate.event.TaskChange;
import dev.spillway.taskstate.line.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What each kind of event is answered with. */
final class TaskState {

    private static final Logger LOG = LoggerFactory.getLogger(TaskState.class);

    private final Following following;
    private final Sweep sweep;
    private final Line line;
    private final Releases releases;
    private final OpenInstances openInstances = new OpenInstances();

    TaskState(Following following, Sweep sweep, Line line, Releases releases) {
        this.following = following;
        this.sweep = sweep;
        this.line = line;
        this.releases = releases;
    }

    /** Handles one event and says what became of the records that it touched. */
    List<Followed> handle(Event event, Instant now) {
        return switch (event) {
            case Event.TaskChanged news -> {
                Followed followed = about(news.taskId(), () -> following.follow(news, now));
                freed(news.change());
                yield List.of(followed);
            }
            case Event.FunctionEnded news -> List.of(about(news.taskId(), () -> following.follow(news, now)));
            case Event.InstanceChanged news -> {
                if (openInstances.hasOpened(news)) {
                    release(line.afterOpening());
                }
                yield List.of();
            }
            case Event.MinutePassed minute -> sweep.run(now);
            case Event.Ignored ignored -> {
                LOG.info("ignored: {}", ignored.why());
                yield List.of(Followed.IGNORED);
            }
        };
    }

    private static Followed about(TaskId taskId, Supplier<Followed> action) {
        try (MDC.MDCCloseable closed = MDC.putCloseable("task_id", taskId.value())) {
            return action.get();
        }
    }

    /** A task that has stopped on an instance leaves room there, whoever's it was. */
    private void freed(TaskChange change) {
        String instance = change.containerInstanceArn();
        if (change.hasStopped() && instance != null) {
            release(line.afterStopOn(instance));
        }
    }

    private void release(List<TaskId> next) {
        next.forEach(taskId -> releases.release(taskId, Duration.ZERO));
    }
}
