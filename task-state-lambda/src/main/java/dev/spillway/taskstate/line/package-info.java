/** The waiting line, and who of it goes next. */
@NullMarked
package dev.spillway.taskstate.line;

import org.jspecify.annotations.NullMarked;
