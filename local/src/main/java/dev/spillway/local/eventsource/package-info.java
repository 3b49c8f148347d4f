/** Lambda's event source mapping for SQS: polls, batches, invokes, deletes what succeeded. */
@NullMarked
package dev.spillway.local.eventsource;

import org.jspecify.annotations.NullMarked;
