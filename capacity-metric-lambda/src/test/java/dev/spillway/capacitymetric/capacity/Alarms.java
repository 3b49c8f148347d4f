package dev.spillway.capacitymetric.capacity;

import java.util.OptionalInt;

/**
 * When to scale: what the metric math of the two alarms has to come to. It is arithmetic on what is published, so that
 * the product does not need it; the tests hold it against fleets.
 *
 * <pre>
 *   s  SchedulableContainers        Low: Maximum, High: Minimum
 *   c  ContainersPerInstance        Maximum
 *   w  WaitingTasksForInstances     Maximum, with CapacityType EC2_SPOT
 *   p  TasksSpilledOver             Sum
 *
 *   h     IF(w + p &gt; 0, HEADROOM_IN_DEMAND, HEADROOM)
 *   low   IF(FILL(s, -1) &gt;= 0, s &lt; h)
 *   high  IF(s &gt;= 0, IF(c &gt; 0, FLOOR((s - 2 * h) / c), 0)), which fires at 1
 * </pre>
 *
 * Metric math takes a missing value for 0 in arithmetic and in comparisons (CloudWatch user guide, "Using metric math").
 * So a missing {@code p} needs no FILL; a missing {@code s} would be a cluster that is full, and a missing {@code c}
 * instances that hold nothing, all of which may go. {@code IF(FILL(s, -1) >= 0, …)} gives no value where there is no
 * sample, and {@code c > 0} none to scale in for where the other was not published.
 *
 * @param headroom how many of the largest containers should fit while nobody waits
 */
record Alarms(int headroom) {

    /** The headroom while somebody waits for an instance, or went elsewhere for want of one. */
    int headroom(long demand) {
        return demand > 0 ? Math.max(headroom, 1) : headroom;
    }

    /** Whether an instance is to be added. */
    boolean low(long schedulable, long demand) {
        return schedulable < headroom(demand);
    }

    /** Whether an instance may go: FLOOR((s - 2h) / c) is at least 1, and the rest has the headroom twice. */
    boolean high(long schedulable, OptionalInt perInstance, long demand) {
        return perInstance.isPresent() && schedulable >= perInstance.getAsInt() + 2L * headroom(demand);
    }
}
