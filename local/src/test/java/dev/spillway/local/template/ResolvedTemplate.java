package dev.spillway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * What CloudFormation would send for each resource of the real template.yaml, for tests of other packages. A reference is
 * the name of its resource, and an attribute {@code name.attribute}.
 */
public final class ResolvedTemplate {

    private final Map<String, Template.Resolved> resources;

    private ResolvedTemplate(Map<String, Template.Resolved> resources) {
        this.resources = resources;
    }

    /** The template with every condition of it holding. */
    public static ResolvedTemplate withEverything() {
        return new ResolvedTemplate(Templates.with(Templates.EVERYTHING).resolved());
    }

    /** The properties of each resource of a type, in the order of the template. */
    public List<JsonNode> ofType(String type) {
        return resources.values().stream()
                .filter(resource -> resource.type().equals(type))
                .map(Template.Resolved::properties)
                .toList();
    }

    /** The properties of the only resource of a type. */
    public JsonNode only(String type) {
        List<JsonNode> all = ofType(type);
        if (all.size() != 1) {
            throw new AssertionError("the template has %d resources of type %s".formatted(all.size(), type));
        }
        return all.getFirst();
    }

    /** The properties of a resource. */
    public JsonNode named(String logicalId) {
        Template.Resolved resource = resources.get(logicalId);
        if (resource == null) {
            throw new AssertionError("the template has no resource " + logicalId);
        }
        return resource.properties();
    }
}
