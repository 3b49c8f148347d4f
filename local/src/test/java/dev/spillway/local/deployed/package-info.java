/** The very jars that {@code sam deploy} sends, run by the runtime that Lambda runs them with. */
@NullMarked
package dev.spillway.local.deployed;

import org.jspecify.annotations.NullMarked;
