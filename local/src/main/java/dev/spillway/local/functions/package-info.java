/** Makes and invokes function handlers as the Lambda service does. */
@NullMarked
package dev.spillway.local.functions;

import org.jspecify.annotations.NullMarked;
