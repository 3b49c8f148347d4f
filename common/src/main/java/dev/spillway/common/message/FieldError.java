package dev.spillway.common.message;

/**
 * One thing that is wrong with a message.
 *
 * @param field the path of the field, such as {@code retry.rules[0].exitCode}; {@code message} for the body as a whole
 * @param got what is there, cut to about 60 characters; for the values of {@code environment}, {@code command} and
 *     {@code payload}, which may hold secrets, only their type and length
 * @param wants what is accepted
 */
public record FieldError(String field, String got, String wants) {

    /** The error as a plain sentence without a full stop. */
    public String sentence() {
        return field + ": got " + got + ", wants " + wants;
    }
}
