/** A simulated Amazon SNS: as much of it as notifications of alarms need. */
@NullMarked
package dev.spillway.local.sns;

import org.jspecify.annotations.NullMarked;
