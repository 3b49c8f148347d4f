package dev.spillway.local.template;

import java.time.Duration;

/**
 * A lifecycle hook of an Auto Scaling group.
 *
 * @param groupName the group's name
 * @param heartbeatTimeout 30–7,200 s
 * @param continues whether the instance's way goes on when the time is over ({@code CONTINUE}); otherwise {@code ABANDON}
 */
public record LifecycleHookResource(
        String logicalId, String name, String groupName, Duration heartbeatTimeout, boolean continues) {}
