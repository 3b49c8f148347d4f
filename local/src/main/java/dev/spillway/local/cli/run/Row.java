package dev.spillway.local.cli.run;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.cli.record.RecordTimes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one task, or of one line that did not become a task.
 *
 * @param line the first line of the file that is about the task; null if none is
 * @param taskId null where the line has none
 * @param record null where no function has written one
 * @param reason why it is so, in a plain sentence
 */
public record Row(
        @Nullable Integer line,
        @Nullable String taskId,
        State state,
        @Nullable TaskRecord record,
        @Nullable String reason) {

    /** The status of a task as the table has it, and what a line can be before there is one. */
    public enum State {
        NOT_SENT,
        SENT,
        LAUNCHING,
        WAITING,
        PLACED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        CANCELLED,
        REJECTED;

        static State of(TaskStatus status) {
            return switch (status) {
                case LAUNCHING -> LAUNCHING;
                case WAITING -> WAITING;
                case PLACED -> PLACED;
                case RUNNING -> RUNNING;
                case SUCCEEDED -> SUCCEEDED;
                case FAILED -> FAILED;
                case TIMED_OUT -> TIMED_OUT;
                case CANCELLED -> CANCELLED;
                case REJECTED -> REJECTED;
            };
        }

        /** Whether nothing more will happen. */
        public boolean isEnd() {
            return switch (this) {
                case SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, REJECTED -> true;
                case NOT_SENT, SENT, LAUNCHING, WAITING, PLACED, RUNNING -> false;
            };
        }
    }

    static Row of(TaskRecord record, @Nullable Integer line) {
        return new Row(line, record.taskId().value(), State.of(record.status()), record, record.reason());
    }

    static Row rejected(Line line, @Nullable String taskId, String reason) {
        return new Row(line.number(), taskId, State.REJECTED, null, reason);
    }

    /** The name under which a person knows it. */
    public String name() {
        return taskId != null ? taskId : "line " + line;
    }

    /** What it ran on, if it ever was on something. */
    public Optional<CapacityType> capacityType() {
        return Optional.ofNullable(record).map(TaskRecord::capacityType);
    }

    /** From the sending of the message to the start of its work. */
    public Optional<Duration> waited() {
        return Optional.ofNullable(record).flatMap(RecordTimes::waited);
    }

    /** From the start of its work to its end. */
    public Optional<Duration> ran() {
        return Optional.ofNullable(record).flatMap(RecordTimes::ran);
    }

    /** Whether it runs or ran on Fargate because what it would rather have used had no room. */
    public boolean isSpilledToFargate() {
        if (record == null || record.request() == null || record.capacityType() == null) {
            return false;
        }
        List<CapacityType> chain = record.request().capacity();
        return record.capacityType().isFargate() && record.capacityType() != chain.getFirst();
    }
}
