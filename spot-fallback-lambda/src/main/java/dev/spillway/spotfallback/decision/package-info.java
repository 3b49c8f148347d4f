/** How many on-demand instances there should be: facts in, one decision out. */
@NullMarked
package dev.spillway.spotfallback.decision;

import org.jspecify.annotations.NullMarked;
