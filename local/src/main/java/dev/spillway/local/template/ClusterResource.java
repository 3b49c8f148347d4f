package dev.spillway.local.template;

import java.util.List;

/**
 * A cluster of the template.
 *
 * @param capacityProviders what tasks may ask for in it, for example {@code FARGATE_SPOT}
 */
public record ClusterResource(String logicalId, String name, List<String> capacityProviders) {

    public ClusterResource {
        capacityProviders = List.copyOf(capacityProviders);
    }
}
