/** A simulated AWS Lambda: functions declared in files, invoked as processes or as durations. */
@NullMarked
package dev.spillway.local.lambda;

import org.jspecify.annotations.NullMarked;
