package dev.spillway.local.page;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * The room in the cluster in one minute.
 *
 * @param schedulable how many of the largest containers still fit
 * @param low the cluster grows when there is less
 * @param high the cluster shrinks when there is as much or more for long enough; empty without instances
 */
public record RoomMinute(Instant at, double schedulable, double low, OptionalDouble high) {}
