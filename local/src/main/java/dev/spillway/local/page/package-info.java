/** The page of a local system: a small HTTP server, what it asks of the system, and nothing that changes anything. */
@NullMarked
package dev.spillway.local.page;

import org.jspecify.annotations.NullMarked;
