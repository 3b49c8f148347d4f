package dev.spillway.local.cli.record;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a task waited, and how long it ran. */
public final class RecordTimes {

    private RecordTimes() {}

    /** From the sending of the message to the start of its work; empty if that has not begun. */
    public static Optional<Duration> waited(TaskRecord record) {
        return began(record).map(at -> Duration.between(record.createdAt(), at));
    }

    /** From the start of its work to its end; empty until there is one. */
    public static Optional<Duration> ran(TaskRecord record) {
        return began(record)
                .flatMap(at -> Optional.ofNullable(record.stoppedAt()).map(end -> Duration.between(at, end)));
    }

    /** When the work of the last run began. */
    static Optional<Instant> began(TaskRecord record) {
        // Lambda says nothing of the start of an asynchronous invocation.
        boolean function = record.startedAt() == null && record.capacityType() == CapacityType.LAMBDA;
        return Optional.ofNullable(function ? record.placedAt() : record.startedAt());
    }
}
