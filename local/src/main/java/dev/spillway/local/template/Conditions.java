package dev.spillway.local.template;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.yaml.snakeyaml.nodes.Node;

/** The conditions of the template, and what they decide: which of its resources and outputs there are. */
final class Conditions {

    private final Map<String, Node> byName;
    private final Predicate<Node> test;
    private final Set<String> beingResolved = new HashSet<>();

    /** @param test whether the node of a condition holds; it may ask here for the others that the node names */
    Conditions(Map<String, Node> byName, Predicate<Node> test) {
        this.byName = byName;
        this.test = test;
    }

    /**
     * Whether a condition holds.
     *
     * @param line where it is asked for
     */
    synchronized boolean holds(String name, int line) {
        Node node = byName.get(name);
        if (node == null) {
            throw new TemplateException(line, "there is no condition %s.".formatted(name));
        }
        if (!beingResolved.add(name)) {
            throw new TemplateException(line, "the condition %s depends on itself.".formatted(name));
        }
        try {
            return test.test(node);
        } finally {
            beingResolved.remove(name);
        }
    }

    /** Whether there is such a resource, or output, in this deployment. */
    boolean isCreated(Node resourceOrOutput) {
        Node condition = Yaml.entries(resourceOrOutput).get("Condition");
        return condition == null || holds(Yaml.text(condition), Yaml.line(condition));
    }

    /** Every condition, by name, and whether it holds. */
    Map<String, Boolean> all() {
        Map<String, Boolean> holding = new LinkedHashMap<>();
        byName.forEach((name, node) -> holding.put(name, holds(name, Yaml.line(node))));
        return holding;
    }
}
