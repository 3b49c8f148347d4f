/** Tells the event bus of every change of a task's status, from the table's stream. */
@NullMarked
package dev.spillway.taskstate.announce;

import org.jspecify.annotations.NullMarked;
