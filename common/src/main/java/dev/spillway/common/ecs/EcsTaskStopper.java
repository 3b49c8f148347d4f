package dev.spillway.common.ecs;

import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;

/** Stops tasks with {@code StopTask}, which is idempotent (ECS API reference, StopTask). */
public final class EcsTaskStopper implements TaskStopper {

    /** Every stop by Spillway begins with this, so that the event of the stop can be told from a person's stop. */
    public static final String REASON_PREFIX = "spillway: ";

    /** What begins the reason when an instance has to go and its tasks with it: a loss, for which the job pays nothing. */
    public static final String DRAINED = "drained";

    /** What begins the reason when a task has no instance yet and goes on along its chain: it was never begun. */
    public static final String MOVES_ON = "moves on";

    private static final int MAX_REASON = 255;

    private final EcsClient ecs;
    private final String cluster;

    public EcsTaskStopper(EcsClient ecs, String cluster) {
        this.ecs = ecs;
        this.cluster = cluster;
    }

    @Override
    public void stop(String taskArn, String reason) {
        String shown = shown(REASON_PREFIX + reason);
        try {
            ecs.stopTask(r -> r.cluster(cluster).task(taskArn).reason(shown));
        } catch (InvalidParameterException gone) {
            // "The referenced task was not found": it stopped more than an hour ago, which is what was wanted.
            if (!String.valueOf(gone.getMessage()).contains("not found")) {
                throw gone;
            }
        }
    }

    /** Half a character at the end could not be sent. */
    private static String shown(String reason) {
        if (reason.length() <= MAX_REASON) {
            return reason;
        }
        int end = Character.isHighSurrogate(reason.charAt(MAX_REASON - 1)) ? MAX_REASON - 1 : MAX_REASON;
        return reason.substring(0, end);
    }
}
