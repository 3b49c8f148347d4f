/** What the container instances and the waiting tasks come to, in figures. Nothing in here knows AWS or the clock. */
@NullMarked
package dev.spillway.capacitymetric.capacity;

import org.jspecify.annotations.NullMarked;
