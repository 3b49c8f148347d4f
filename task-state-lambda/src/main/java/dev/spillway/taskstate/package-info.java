/**
 * Follows every task to its end. {@link dev.spillway.taskstate.Following} moves a record by an event,
 * {@link dev.spillway.taskstate.Sweep} looks after those that no event has moved, and {@link
 * dev.spillway.taskstate.line.WaitingLine} gives freed capacity to those who wait.
 */
@NullMarked
package dev.spillway.taskstate;

import org.jspecify.annotations.NullMarked;
