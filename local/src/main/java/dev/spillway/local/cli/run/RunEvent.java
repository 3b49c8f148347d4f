package dev.spillway.local.cli.run;

import dev.spillway.common.task.TaskRecord;
import org.jspecify.annotations.Nullable;

/** Something that a run learns. */
public sealed interface RunEvent {

    /** SQS has taken a line. */
    record Sent(Line line, String messageId) implements RunEvent {}

    /** SQS has not taken a line, and says why. */
    record Refused(Line line, String reason) implements RunEvent {}

    /** All lines were tried. */
    record SendingEnded() implements RunEvent {}

    /** A function has written a record. */
    record Recorded(TaskRecord record) implements RunEvent {}

    /**
     * A message came to the dead-letter queue.
     *
     * @param messageId the id under which the message was sent
     * @param reason why it could not be accepted; null where SQS gave up on it after too many receives
     */
    record DeadLettered(String messageId, @Nullable String reason) implements RunEvent {}

    /** The person at the terminal wants an end. */
    record Stopped() implements RunEvent {}
}
