package dev.spillway.local.demo;

import dev.spillway.local.simulation.SimulatedSystem;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Something that happens in the story.
 *
 * @param at how long after the beginning of the day
 * @param sentence what to tell the person who watches; empty for nothing
 * @param happens what it does to the system
 */
record Moment(Duration at, String sentence, Consumer<SimulatedSystem> happens) {}
