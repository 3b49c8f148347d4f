/** How the containers of a simulated task really run: as processes, through Docker, or as durations only. */
@NullMarked
package dev.spillway.local.runtime;

import org.jspecify.annotations.NullMarked;
