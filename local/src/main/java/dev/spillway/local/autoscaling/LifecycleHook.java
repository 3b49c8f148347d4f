package dev.spillway.local.autoscaling;

import java.time.Duration;

/**
 * A lifecycle hook on {@code autoscaling:EC2_INSTANCE_TERMINATING}, the only transition that is simulated.
 *
 * @param name of the hook
 * @param heartbeatTimeout 30–7,200 s
 * @param defaultResult what happens when the time is over
 * @param notificationMetadata part of the event; may be empty
 */
public record LifecycleHook(String name, Duration heartbeatTimeout, Result defaultResult, String notificationMetadata) {

    static final String TRANSITION = "autoscaling:EC2_INSTANCE_TERMINATING";

    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofSeconds(7200);
    private static final Duration LONGEST_WAIT = Duration.ofHours(48);
    private static final int MOST_HEARTBEATS = 100;

    /** How a lifecycle action ends. A terminating instance ends either way; ABANDON also ends its other actions. */
    public enum Result {
        CONTINUE,
        ABANDON
    }

    public LifecycleHook {
        if (heartbeatTimeout.compareTo(SHORTEST) < 0 || heartbeatTimeout.compareTo(LONGEST) > 0) {
            throw AutoScalingErrors.validation("Heartbeat timeout must be between 30 and 7200 seconds.");
        }
    }

    /** However many heartbeats: 48 hours or 100 times the heartbeat timeout, whichever is smaller. */
    Duration globalTimeout() {
        Duration byHeartbeats = heartbeatTimeout.multipliedBy(MOST_HEARTBEATS);
        return byHeartbeats.compareTo(LONGEST_WAIT) < 0 ? byHeartbeats : LONGEST_WAIT;
    }
}
