package dev.spillway.local.page;

import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.dashboard.Chart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the page shows. Every method may be called by many threads, and changes nothing. */
public interface PageSource {

    /** The moment it is. */
    Now now();

    /** What was seen after an instant, oldest first; {@link Instant#MIN} asks for everything that is kept. */
    List<Point> points(Instant after);

    /** The dashboard of the template, with what was published in a span of time up to now. */
    List<Chart> dashboard(Duration span);

    /** The tasks that were sent last, newest first. */
    List<TaskLine> tasks(TaskFilter filter);

    /** All that is known of one task; empty if there is none of that id, or if it can be no id. */
    Optional<TaskRecord> task(String taskId);

    /**
     * Which tasks are wanted.
     *
     * @param status null for any
     * @param prefix of the id; empty for any
     * @param limit 1 to 1,000
     */
    record TaskFilter(@Nullable TaskStatus status, String prefix, int limit) {}
}
