package dev.spillway.local.cli.deployment;

import dev.spillway.common.task.TaskRecord;

/** The output of tasks. */
@FunctionalInterface
public interface TaskLogs {

    /**
     * The log of one run.
     *
     * @param run ARN of the ECS task, or request id of the invocation
     * @throws NoLogException if it is nowhere that Spillway can read
     */
    LogTail tail(TaskRecord task, String run) throws NoLogException;
}
