/**
 * A simulated Amazon EC2 Auto Scaling, written from its user guide and its API reference and sharing no code with the
 * functions that it is there to test.
 */
@NullMarked
package dev.spillway.local.autoscaling;

import org.jspecify.annotations.NullMarked;
