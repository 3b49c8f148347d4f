package dev.spillway.spotfallback.decision;

/** The on-demand group as it is now. All are numbers of instances. */
public record OnDemandFacts(String group, int desired, int min, int max) {}
