package dev.spillway.local.template;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads an {@code AWS::ECS::CapacityProvider} of an Auto Scaling group; what is left out has the default of ECS (API
 * reference, ManagedScaling and AutoScalingGroupProvider).
 */
final class CapacityProviderReader {

    private static final int ALL_IN_USE = 100;
    private static final int DEFAULT_WARM_UP_SECONDS = 300;
    private static final int DEFAULT_MINIMUM_STEP = 1;
    private static final int DEFAULT_MAXIMUM_STEP = 10_000;
    private static final Set<String> KNOWN =
            Set.of("AutoScalingGroupArn", "ManagedScaling", "ManagedDraining", "ManagedTerminationProtection");
    private static final Set<String> KNOWN_SCALING = Set.of(
            "Status", "TargetCapacity", "InstanceWarmupPeriod", "MinimumScalingStepSize", "MaximumScalingStepSize");

    private CapacityProviderReader() {}

    static CapacityProviderResource read(Resource resource, Properties properties) {
        Properties group = section(
                resource,
                properties.only(Set.of("Name", "AutoScalingGroupProvider", "Tags")),
                "AutoScalingGroupProvider",
                KNOWN);
        Properties scaling = section(resource, group, "ManagedScaling", KNOWN_SCALING);
        boolean protects = isEnabled(group, "ManagedTerminationProtection", "DISABLED");
        if (!isEnabled(scaling, "Status", "DISABLED")) {
            throw new TemplateException(
                    scaling.line(), "%s: only managed scaling is known here.".formatted(resource.logicalId()));
        }
        requireName(resource, properties.line());
        return new CapacityProviderResource(
                resource.logicalId(),
                resource.name(),
                group.requiredText("AutoScalingGroupArn"),
                scaling.integer("TargetCapacity", ALL_IN_USE),
                Duration.ofSeconds(scaling.integer("InstanceWarmupPeriod", DEFAULT_WARM_UP_SECONDS)),
                scaling.integer("MinimumScalingStepSize", DEFAULT_MINIMUM_STEP),
                scaling.integer("MaximumScalingStepSize", DEFAULT_MAXIMUM_STEP),
                isEnabled(group, "ManagedDraining", "ENABLED"),
                protects);
    }

    /** API reference, CreateCapacityProvider. */
    private static void requireName(Resource resource, int line) {
        String name = resource.name();
        if (!name.matches("[A-Za-z0-9_-]{1,255}")
                || Stream.of("aws", "ecs", "fargate").anyMatch(name.toLowerCase(Locale.ROOT)::startsWith)) {
            throw new TemplateException(
                    line, "%s cannot be the name of the capacity provider %s.".formatted(name, resource.logicalId()));
        }
    }

    private static boolean isEnabled(Properties properties, String key, String fallback) {
        return properties.text(key).orElse(fallback).equals("ENABLED");
    }

    private static Properties section(Resource resource, Properties owner, String key, Set<String> known) {
        return owner.object(key)
                .orElseThrow(
                        () -> new TemplateException(owner.line(), "%s needs %s.".formatted(resource.logicalId(), key)))
                .only(known);
    }
}
