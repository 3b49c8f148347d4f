package dev.spillway.common.task;

import java.time.Instant;

/**
 * One line of a task's history.
 *
 * @param status the status from then on
 * @param what a plain sentence: what happened, and why
 */
public record HistoryEntry(Instant at, TaskStatus status, String what) {}
