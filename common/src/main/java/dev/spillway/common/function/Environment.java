package dev.spillway.common.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the environment variables of a function and collects everything that is wrong with them, so that one message
 * names it all. Values are never part of the message.
 */
public final class Environment {

    private final Map<String, String> variables;
    private final List<String> errors = new ArrayList<>();

    public Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The variable's text, which must be there and not blank. */
    public String required(String name) {
        return optional(name).orElseGet(() -> {
            errors.add(name + " is missing");
            return "";
        });
    }

    /** The variable's text, unless it is absent or blank. */
    public Optional<String> optional(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The parts of a comma-separated list; empty if the variable is absent or blank. */
    public List<String> list(String name) {
        return optional(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** The parts of a comma-separated list, of which there must be at least one. */
    public List<String> requiredList(String name) {
        List<String> parts = list(name);
        if (parts.isEmpty()) {
            errors.add(name + " is missing");
        }
        return parts;
    }

    /** A number above zero, whole or not. */
    public double positive(String name, double absent) {
        Optional<String> text = optional(name);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            double value = Double.parseDouble(text.get());
            if (value > 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Reported below, with the same words as a number out of bounds.
        }
        errors.add(name + " wants a number above 0");
        return absent;
    }

    /** Something that is wrong with more than one variable. It must not contain a value. */
    public void wrong(String what) {
        errors.add(what);
    }

    /** A whole number within bounds, both included. */
    public int integer(String name, int absent, int min, int max) {
        Optional<String> text = optional(name);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Reported below, with the same words as a number out of bounds.
        }
        errors.add(name + " wants a whole number from " + min + " to " + max);
        return absent;
    }

    /** One of the given words. */
    public String oneOf(String name, String absent, List<String> allowed) {
        String value = optional(name).orElse(absent);
        if (allowed.contains(value)) {
            return value;
        }
        errors.add(name + " wants one of " + String.join(", ", allowed));
        return absent;
    }

    /**
     * Ends the reading.
     *
     * @throws IllegalStateException if anything was wrong, with all of it
     */
    public void check() {
        if (!errors.isEmpty()) {
            throw new IllegalStateException("The function's environment is wrong: " + String.join("; ", errors) + ".");
        }
    }
}
