package dev.spillway.local.template;

import java.util.List;
import java.util.Map;

/** A resolved piece of the template: no function is left in it. Every piece knows its line, for errors found later. */
public sealed interface Value {

    /** The line of the template that it came from, counted from 1. */
    int line();

    /** What a scalar is in JSON; CloudFormation itself takes them all as text. */
    enum Kind {
        STRING,
        NUMBER,
        BOOLEAN,
        NULL
    }

    /** A scalar. */
    record Text(String text, Kind kind, int line) implements Value {}

    /** A list. */
    record Items(List<Value> values, int line) implements Value {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** An object; keys in the order of the template. */
    record Fields(Map<String, Value> values, int line) implements Value {}

    /** {@code AWS::NoValue}: the property or list element that holds it is left out. */
    record Nothing(int line) implements Value {}
}
