/** The table's stream: what was written, given to the functions that are mapped to it. */
@NullMarked
package dev.spillway.local.stream;

import org.jspecify.annotations.NullMarked;
