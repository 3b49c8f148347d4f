/**
 * A simulated Amazon CloudWatch: metrics, and alarms on them. Written from its documentation and sharing no code with the
 * functions that it is there to test.
 */
@NullMarked
package dev.spillway.local.cloudwatch;

import org.jspecify.annotations.NullMarked;
