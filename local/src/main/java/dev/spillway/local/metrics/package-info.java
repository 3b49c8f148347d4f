/** The metrics that the functions publish, on their way to CloudWatch. */
@NullMarked
package dev.spillway.local.metrics;

import org.jspecify.annotations.NullMarked;
