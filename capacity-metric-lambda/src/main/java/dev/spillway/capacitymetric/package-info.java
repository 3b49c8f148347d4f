/**
 * Says once a minute how many of the largest containers still fit on the cluster's container instances, and who waits.
 * {@link dev.spillway.capacitymetric.CapacityMetric} takes a sample; what it comes to is worked out in {@code capacity}.
 */
@NullMarked
package dev.spillway.capacitymetric;

import org.jspecify.annotations.NullMarked;
