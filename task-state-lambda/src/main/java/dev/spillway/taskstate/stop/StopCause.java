package dev.spillway.taskstate.stop;

import org.jspecify.annotations.Nullable;

/** Why a task has stopped, before anybody asks whether it may run again. */
sealed interface StopCause {

    /** Every essential container exited with 0. */
    record Done() implements StopCause {}

    /** The job has failed. */
    record JobFailed(String why, @Nullable Integer exitCode) implements StopCause {}

    /** A person did not want it any more. */
    record StoppedByUser(String why, @Nullable Integer exitCode) implements StopCause {}

    /** Spillway stopped it because it ran for too long. */
    record TimedOut(String why) implements StopCause {}

    /** Spillway stopped it because it had no instance for too long. */
    record WaitedTooLong(String why) implements StopCause {}

    /** The infrastructure took the run. */
    record Lost(String why) implements StopCause {}

    /** ECS had accepted it and then found no place for it, or the host was in trouble before it began. */
    record NotPlaced(String why) implements StopCause {}

    /** Spillway, or ECS itself, did not want to look for an instance any longer. */
    record MovedOn(String why) implements StopCause {}

    /** Its image, its secrets or its volumes were not to be had. */
    record NotStarted(String why) implements StopCause {}
}
