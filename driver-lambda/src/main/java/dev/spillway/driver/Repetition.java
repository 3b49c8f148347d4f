package dev.spillway.driver;

import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import java.time.Instant;

/** What a message means whose task has a record already. */
enum Repetition {
    /** The record says all there is to say. */
    ANSWERED,
    /** The id belongs to a task of other content. */
    CONFLICT,
    /** The driver that had claimed the task ended in the middle. */
    TAKE_UP,
    /** The id was only ever used by a message that was rejected. */
    BEGIN_ANEW;

    static Repetition of(TaskRequest request, TaskRecord current, Instant now) {
        return switch (current.status()) {
            // Nothing was ever started under a rejected id: a corrected message may use it.
            case REJECTED -> BEGIN_ANEW;
            case LAUNCHING -> isOther(request, current) ? CONFLICT : current.isLeased(now) ? ANSWERED : TAKE_UP;
            // A cancel message that came before its task has left a record without a request; it wins.
            case WAITING, PLACED, RUNNING, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED ->
                isOther(request, current) ? CONFLICT : ANSWERED;
        };
    }

    private static boolean isOther(TaskRequest request, TaskRecord current) {
        return current.request() != null && !current.request().equals(request);
    }
}
