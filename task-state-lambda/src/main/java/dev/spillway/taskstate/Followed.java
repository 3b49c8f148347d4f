package dev.spillway.taskstate;

import dev.spillway.common.task.TaskStatus;

/** What became of a piece of news; each value is a metric. */
enum Followed {
    IGNORED("EventsIgnored"),
    /** AWS failed in the middle; the record is still due, and an alarm on the metric tells if it stays so. */
    NOT_LOOKED_AT("SweepFailures"),
    STRAY("StrayTasksStopped"),
    WAITING("TasksReleasedAgain"),
    MOVED("TasksStarted"),
    SUCCEEDED("TasksSucceeded"),
    FAILED("TasksFailed"),
    TIMED_OUT("TasksTimedOut");

    private final String metric;

    Followed(String metric) {
        this.metric = metric;
    }

    String metric() {
        return metric;
    }

    static Followed of(TaskStatus status) {
        return switch (status) {
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case TIMED_OUT -> TIMED_OUT;
            case WAITING -> WAITING;
            case LAUNCHING, PLACED, RUNNING -> MOVED;
            case CANCELLED, REJECTED -> IGNORED;
        };
    }
}
