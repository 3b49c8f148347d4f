/**
 * Metric math as alarms and charts use it, written from the CloudWatch user guide, "Using metric math". What is not
 * known here is an error that names it and its position.
 */
@NullMarked
package dev.spillway.local.cloudwatch.math;

import org.jspecify.annotations.NullMarked;
