/** What a person is shown of the records: as text and as JSON, never with an environment, a command or a payload. */
@NullMarked
package dev.spillway.local.cli.record;

import org.jspecify.annotations.NullMarked;
