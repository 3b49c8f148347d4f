package dev.spillway.driver.launch;

import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskSize;

/** One call that may start a task. Its number is in the record before the call is made. */
public sealed interface Launch {

    TaskId taskId();

    /** From 1. */
    int number();

    /** The run of the job that this launch is for, from 1. */
    int attempt();

    CapacityType capacityType();

    /**
     * A launch on ECS.
     *
     * @param size of the whole task
     */
    record OnEcs(
            TaskId taskId,
            int number,
            int attempt,
            CapacityType capacityType,
            ContainerWork work,
            TaskDefinitionFacts definition,
            TaskSize size)
            implements Launch {}

    /** An asynchronous invocation of a Lambda function. */
    record OnLambda(TaskId taskId, int number, int attempt, FunctionWork work) implements Launch {
        @Override
        public CapacityType capacityType() {
            return CapacityType.LAMBDA;
        }
    }
}
