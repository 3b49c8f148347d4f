package dev.spillway.taskstate.stop;

import dev.spillway.common.ecs.EcsTaskStopper;

/** Stops by Spillway itself, which the event of the stop tells by how its reason begins. */
public final class OwnStop {

    /** What the sweep gives as the reason when it stops a task for its timeout. */
    public static final String TIMED_OUT = "timed out";

    /** What the sweep gives as the reason when it stops a task that has no instance at its wait deadline. */
    public static final String WAITED_TOO_LONG = "no instance before its wait deadline";

    private OwnStop() {}

    /** Whether Spillway stopped the task because nobody wanted it: a stray, or a launch given up. */
    public static boolean isUnwanted(String stoppedReason) {
        return is(stoppedReason)
                && !reason(stoppedReason).startsWith(TIMED_OUT)
                && !reason(stoppedReason).startsWith(EcsTaskStopper.DRAINED);
    }

    static boolean is(String stoppedReason) {
        return stoppedReason.startsWith(EcsTaskStopper.REASON_PREFIX);
    }

    /** What was given to {@link EcsTaskStopper#stop}. */
    static String reason(String stoppedReason) {
        return stoppedReason.substring(EcsTaskStopper.REASON_PREFIX.length());
    }
}
