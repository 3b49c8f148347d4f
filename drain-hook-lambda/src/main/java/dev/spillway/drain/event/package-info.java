/** The events that the function receives, read from EventBridge's JSON. */
@NullMarked
package dev.spillway.drain.event;

import org.jspecify.annotations.NullMarked;
