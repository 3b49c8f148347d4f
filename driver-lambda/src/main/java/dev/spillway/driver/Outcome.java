package dev.spillway.driver;

import dev.spillway.common.task.CapacityType;
import java.time.Duration;

/** What became of one message. The message is done with in every case; what is kept is in the table. */
sealed interface Outcome {

    /**
     * The task has a place.
     *
     * @param spilledOver whether it went past instances that it fits on, because they had no room
     * @param latency from the sending of the message, or the loss of the last place, to AWS's yes
     */
    record Placed(CapacityType capacityType, boolean spilledOver, Duration latency) implements Outcome {}

    /** The task waits in the table. */
    record Waiting() implements Outcome {}

    /** The task could not be started and never will be. */
    record Failed() implements Outcome {}

    /** The message was no acceptable message; it is in the dead-letter queue. */
    record Rejected() implements Outcome {}

    /** The record already says all: a duplicate, or somebody else is at it. */
    record Answered() implements Outcome {}

    /** The task was cancelled. */
    record Cancelled() implements Outcome {}
}
