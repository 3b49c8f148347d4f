/** What a person sees of a system that stays up. */
@NullMarked
package dev.spillway.local.cli.up;

import org.jspecify.annotations.NullMarked;
