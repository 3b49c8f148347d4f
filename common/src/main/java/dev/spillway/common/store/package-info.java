/** Where the records of the tasks are kept. Every write is conditional. */
@NullMarked
package dev.spillway.common.store;

import org.jspecify.annotations.NullMarked;
