package dev.spillway.local.functions;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a function, which notes what it is asked for: a variable that nobody asks for is misspelt, or left
 * from something that is gone. Who takes them all at once, without asking, is refused.
 */
public final class AskedVariables extends AbstractMap<String, String> {

    /** Read by Powertools, wherever the function uses it. */
    private static final String OF_POWERTOOLS = "POWERTOOLS_";

    /** There to tell Lambda of a change, and not to be read; see template.yaml. */
    private static final String FOR_LAMBDA = "SETTINGS_VERSION";

    private final Map<String, String> variables;
    private final Set<String> asked = new TreeSet<>();

    /** @param variables those that the template gives */
    public AskedVariables(Map<String, String> variables) {
        this.variables = variables;
    }

    /** Those that somebody has asked for, whether they are there or not. */
    public Set<String> asked() {
        return new TreeSet<>(asked);
    }

    /** Those that nobody has asked for. */
    Set<String> unasked() {
        Set<String> left = new TreeSet<>(variables.keySet());
        left.removeAll(asked);
        left.removeIf(name -> name.startsWith(OF_POWERTOOLS) || name.equals(FOR_LAMBDA));
        return left;
    }

    @Override
    public @Nullable String get(Object name) {
        asked.add(String.valueOf(name));
        return variables.get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        asked.add(String.valueOf(name));
        return variables.containsKey(name);
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        throw new UnsupportedOperationException("a function asks for its variables by name");
    }
}
