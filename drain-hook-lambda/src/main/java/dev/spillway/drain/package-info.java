/** Empties an instance before it goes, and tells Auto Scaling whether to wait for it. */
@NullMarked
package dev.spillway.drain;

import org.jspecify.annotations.NullMarked;
