package dev.spillway.taskstate.event;

import dev.spillway.common.task.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the function is called for. */
public sealed interface Event {

    /** A task of ECS has changed, as an event says or as DescribeTasks says. */
    record TaskChanged(TaskId taskId, TaskChange change) implements Event {}

    /**
     * A container instance of the cluster has changed: ECS says so when it joins or leaves, and each time a task has
     * started or stopped on it.
     *
     * @param takesTasks whether it is ACTIVE and its agent is connected
     */
    record InstanceChanged(String containerInstanceArn, boolean takesTasks) implements Event {}

    /**
     * An asynchronous invocation has come to its end (Lambda developer guide, "Destinations").
     *
     * @param launch the launch that the invocation was for
     * @param succeeded whether the function returned without an error
     * @param error what went wrong; null on success
     */
    record FunctionEnded(
            TaskId taskId,
            int launch,
            String requestId,
            boolean succeeded,
            @Nullable String error,
            Instant at) implements Event {}

    /** A minute has passed. */
    record MinutePassed() implements Event {}

    /**
     * Nothing for this function.
     *
     * @param why for the log
     */
    record Ignored(String why) implements Event {}
}
