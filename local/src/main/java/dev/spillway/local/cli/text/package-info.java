/** How facts look as plain text: pure functions, no terminal. */
@NullMarked
package dev.spillway.local.cli.text;

import org.jspecify.annotations.NullMarked;
