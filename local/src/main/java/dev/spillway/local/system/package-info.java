/** Puts the local system together. */
@NullMarked
package dev.spillway.local.system;

import org.jspecify.annotations.NullMarked;
