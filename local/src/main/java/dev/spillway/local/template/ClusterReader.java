package dev.spillway.local.template;

import java.util.List;
import java.util.Set;

/** Reads an {@code AWS::ECS::Cluster} and what is associated with it. */
final class ClusterReader {

    private ClusterReader() {}

    /**
     * Capacity providers of a cluster.
     *
     * @param cluster its name
     */
    record Association(String cluster, List<String> capacityProviders) {}

    /** An {@code AWS::ECS::ClusterCapacityProviderAssociations}. */
    static Association association(Resource resource, Properties properties) {
        properties.only(Set.of("Cluster", "CapacityProviders", "DefaultCapacityProviderStrategy"));
        if (!properties.objects("DefaultCapacityProviderStrategy").isEmpty()) {
            throw new TemplateException(
                    properties.line(), "%s: a default strategy is not known here.".formatted(resource.logicalId()));
        }
        return new Association(properties.requiredText("Cluster"), properties.textItems("CapacityProviders"));
    }

    /** @throws TemplateException if the cluster itself names providers, of which it then has two lists on AWS */
    static ClusterResource read(Resource resource, Properties properties, List<Association> associations) {
        properties.only(Set.of("ClusterName", "ClusterSettings", "Tags"));
        return new ClusterResource(
                resource.logicalId(),
                resource.name(),
                associations.stream()
                        .filter(association -> association.cluster().equals(resource.name()))
                        .flatMap(association -> association.capacityProviders().stream())
                        .toList());
    }
}
