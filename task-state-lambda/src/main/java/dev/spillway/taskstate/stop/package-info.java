/** What the stop of a task means for its job. */
@NullMarked
package dev.spillway.taskstate.stop;

import org.jspecify.annotations.NullMarked;
