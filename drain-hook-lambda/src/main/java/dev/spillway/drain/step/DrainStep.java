package dev.spillway.drain.step;

import java.time.Instant;
import java.util.List;

/** The next step with an instance. After {@link Drain} and {@link LookAtTasks} there is another one to decide. */
public sealed interface DrainStep {

    /** ECS is to place nothing more on it. */
    record Drain(String containerInstanceArn) implements DrainStep {}

    /** Only what is on it tells how to go on. */
    record LookAtTasks(String containerInstanceArn) implements DrainStep {}

    /** It is waited for until the next look at least. */
    record Heartbeat(Held held) implements DrainStep {}

    /** Its time is nearly up: what still runs is stopped, and waited for until the next look. */
    record StopTasks(List<String> tasks, Held held) implements DrainStep {
        public StopTasks {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * It may go.
     *
     * @param tasks what still runs on it and is stopped first; not empty only when its time is up, or when it is lost
     */
    record Complete(Reason reason, List<String> tasks) implements DrainStep {
        public Complete {
            tasks = List.copyOf(tasks);
        }
    }

    /** There is nothing to do. */
    record Leave(Reason reason) implements DrainStep {}

    /** Why it may go, or why it is left as it is. */
    enum Reason {
        /** It never joined, has left, or is another cluster's. */
        NOT_IN_THE_CLUSTER,
        NO_TASK_HOLDS_IT,
        /** No later look is sure to come before Auto Scaling itself ends the wait. */
        TIME_IS_UP,
        /** It is sick and its agent is silent: to ECS its tasks run for as long as it is there, whatever became of them. */
        LOST,
        DRAINING_ALREADY,
        /** EC2 is likely to take it, and nobody starts another in its place before that. */
        NOT_REPLACED
    }

    /**
     * Why it is waited for.
     *
     * @param since when its lifecycle action was first seen to wait
     * @param firstSeen whether that is now, so that it has to be written down
     * @param holding tasks that run, or are about to
     * @param leaving tasks that are stopping, or that ECS counts and does not list
     * @param stopAfter from this instant on its tasks are stopped
     */
    record Held(Instant since, boolean firstSeen, int holding, int leaving, Instant stopAfter) {}
}
