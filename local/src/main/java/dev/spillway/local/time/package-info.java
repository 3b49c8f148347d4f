/** Time as the simulated services see it: the real clock, or a queue of events that jumps from one to the next. */
@NullMarked
package dev.spillway.local.time;

import org.jspecify.annotations.NullMarked;
