/** The person's side of the process: the terminal, and the wish to stop. */
@NullMarked
package dev.spillway.local.cli.terminal;

import org.jspecify.annotations.NullMarked;
