package dev.spillway.local.cli;

import picocli.CommandLine.TypeConversionException;

/** Reads the number of an option; picocli's own words for one that is none are a programmer's. */
final class WholeNumber {

    private WholeNumber() {}

    /** For an option that is an int. */
    static Integer ofInt(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
    }

    /** For an option that is a long. */
    static Long ofLong(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
    }

    private static TypeConversionException wrong(String text) {
        boolean tooLarge = text.matches("[+-]?[0-9]+");
        return new TypeConversionException(
                "'" + text + "' is " + (tooLarge ? "too large a number" : "not a whole number"));
    }
}
