package dev.spillway.spotfallback.decision;

import java.time.Instant;

/** One value of a series: capacity units at an instant. */
public record Sample(Instant at, double value) {}
