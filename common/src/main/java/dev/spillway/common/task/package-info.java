/** The task: what a message asks for, what the record says of it, and which change of status may follow which. */
@NullMarked
package dev.spillway.common.task;

import org.jspecify.annotations.NullMarked;
