package dev.spillway.driver.launch;

import dev.spillway.common.task.CapacityType;
import java.time.Duration;

/**
 * The capacity providers of the cluster's Auto Scaling groups. Where there are some, RunTask names one of them instead of
 * the kind of instance that it wants, and ECS accepts a task that it has no instance for yet: managed scaling brings one
 * (ECS developer guide, "Amazon ECS capacity providers for EC2 workloads").
 *
 * @param spot name of the Spot group's provider; empty if there is none
 * @param onDemand name of the on-demand group's provider; empty if there is none
 * @param patience how long ECS may look for an instance for a task whose chain leads on; task-state moves it on then
 */
public record InstanceProviders(String spot, String onDemand, Duration patience) {

    /** The cluster's instances are asked for by what they are, and a task that they have no room for is refused. */
    public static final InstanceProviders NONE = new InstanceProviders("", "", Duration.ZERO);

    public boolean areThere() {
        return !spot.isEmpty();
    }

    /** Whether both groups have one, or neither. */
    public boolean areComplete() {
        return spot.isEmpty() == onDemand.isEmpty();
    }

    /**
     * The provider to name for a capacity type.
     *
     * @param type of container instances; where it is any of them, the cheaper ones are meant
     */
    String of(CapacityType type) {
        return type == CapacityType.EC2_ON_DEMAND ? onDemand : spot;
    }
}
