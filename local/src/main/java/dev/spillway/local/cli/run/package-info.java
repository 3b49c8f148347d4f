/** One run of a file of messages: read it, send it, follow its tasks, tell how they ended. */
@NullMarked
package dev.spillway.local.cli.run;

import org.jspecify.annotations.NullMarked;
