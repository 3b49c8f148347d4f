/** Benchmarks: docs/benchmarks.md says how to start them, and what came out. No test depends on a time. */
@NullMarked
package dev.spillway.local.bench;

import org.jspecify.annotations.NullMarked;
