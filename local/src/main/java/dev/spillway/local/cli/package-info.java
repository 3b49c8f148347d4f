/** The command line of a person who has cloned the repository: {@code ./spillway}. */
@NullMarked
package dev.spillway.local.cli;

import org.jspecify.annotations.NullMarked;
