package dev.spillway.local.ecs;

import java.time.Duration;

/**
 * How long a task takes from RunTask to {@code RUNNING}.
 *
 * @param ec2 on a container instance: in {@code PENDING}, while the image is pulled
 * @param fargate on Fargate: in {@code PROVISIONING}, while a machine and its network interface are found
 */
public record StartupTimes(Duration ec2, Duration fargate) {

    /** Everything starts at once. */
    public static final StartupTimes NONE = new StartupTimes(Duration.ZERO, Duration.ZERO);
}
