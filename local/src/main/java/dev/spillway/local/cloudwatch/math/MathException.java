package dev.spillway.local.cloudwatch.math;

/** An expression that cannot be read or has no value; its message names what and where. */
public final class MathException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param position of the character in the expression, from 1 */
    MathException(int position, String problem) {
        super("at character " + position + ": " + problem);
    }
}
