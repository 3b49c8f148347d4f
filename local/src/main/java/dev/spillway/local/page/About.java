package dev.spillway.local.page;

/**
 * What it is that the page shows.
 *
 * @param title for example {@code this machine}
 * @param speed how many times faster than real time; 1 for real time
 * @param simulatedTime whether the times are of a world of its own, and not of the person's day
 * @param note what has happened last that a person should know of; empty if there is none
 * @param firstTask the command that sends a first task; empty if none can be sent
 * @param prices where the prices are from
 */
public record About(String title, int speed, boolean simulatedTime, String note, String firstTask, String prices) {}
