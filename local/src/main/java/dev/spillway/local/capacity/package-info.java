/** The Auto Scaling groups and alarms of template.yaml, in a simulated account. */
@NullMarked
package dev.spillway.local.capacity;

import org.jspecify.annotations.NullMarked;
