package dev.spillway.local.template;

import java.util.Optional;

/** What names in the template stand for. */
interface References {

    /** The value of a parameter, pseudo parameter or resource; empty if nothing has that name. */
    Optional<Value> ref(String name, int line);

    /** The attribute of a resource; empty if there is no such resource, or attribute. */
    Optional<String> attribute(String resource, String attribute);

    /** Whether a condition holds. */
    boolean condition(String name, int line);
}
