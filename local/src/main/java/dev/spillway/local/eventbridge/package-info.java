/** EventBridge on one machine: event patterns, rules, schedules, asynchronous delivery. */
@NullMarked
package dev.spillway.local.eventbridge;

import org.jspecify.annotations.NullMarked;
