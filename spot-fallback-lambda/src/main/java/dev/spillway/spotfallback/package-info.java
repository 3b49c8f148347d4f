/** Fills what Spot cannot give now with on-demand instances, and takes them back. */
@NullMarked
package dev.spillway.spotfallback;

import org.jspecify.annotations.NullMarked;
