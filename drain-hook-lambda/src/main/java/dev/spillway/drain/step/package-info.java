/** What to do next with an instance that has to go: facts in, one step out. */
@NullMarked
package dev.spillway.drain.step;

import org.jspecify.annotations.NullMarked;
