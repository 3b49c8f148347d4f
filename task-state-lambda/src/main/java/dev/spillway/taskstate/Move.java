package dev.spillway.taskstate;

import dev.spillway.common.task.TaskRecord;

/** What is to be done about a piece of news. */
sealed interface Move {

    /** Nothing: it is old, or of no matter. */
    record Ignore(String why) implements Move {}

    /** Write this record. */
    record Write(TaskRecord next) implements Move {}

    /** Stop this ECS task: nobody wants it. */
    record Stop(String taskArn, String why) implements Move {}
}
