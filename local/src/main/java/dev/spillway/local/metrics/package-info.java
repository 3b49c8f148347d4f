/** What CloudWatch would know: the metrics that the functions publish. */
@NullMarked
package dev.spillway.local.metrics;

import org.jspecify.annotations.NullMarked;
