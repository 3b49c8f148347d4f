package dev.spillway.local.cli.run;

/**
 * A line of the file that is not blank.
 *
 * @param number from 1, blank lines counted
 * @param body the message, as it is in the file
 */
public record Line(int number, String body) {

    /** Without the message, whose environment and command may hold secrets. */
    @Override
    public String toString() {
        return "line " + number;
    }
}
