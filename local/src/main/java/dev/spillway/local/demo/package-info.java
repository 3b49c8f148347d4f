/** A simulated day of a cluster, as a story to watch. */
@NullMarked
package dev.spillway.local.demo;

import org.jspecify.annotations.NullMarked;
