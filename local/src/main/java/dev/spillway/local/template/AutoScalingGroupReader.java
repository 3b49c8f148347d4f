package dev.spillway.local.template;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads an {@code AWS::AutoScaling::AutoScalingGroup}; what is left out has the default of Auto Scaling. */
final class AutoScalingGroupReader {

    private static final int DEFAULT_COOLDOWN_SECONDS = 300;
    private static final Set<String> KNOWN = Set.of(
            "AutoScalingGroupName",
            "VPCZoneIdentifier",
            "MinSize",
            "MaxSize",
            "Cooldown",
            "DefaultInstanceWarmup",
            "CapacityRebalance",
            "MixedInstancesPolicy",
            "LaunchTemplate",
            "MetricsCollection",
            "NewInstancesProtectedFromScaleIn",
            "Tags");

    private final Function<String, Optional<LaunchTemplateResource>> launchTemplates;

    /** @param launchTemplates finds one by its name */
    AutoScalingGroupReader(Function<String, Optional<LaunchTemplateResource>> launchTemplates) {
        this.launchTemplates = launchTemplates;
    }

    AutoScalingGroupResource read(Resource resource, Properties properties) {
        properties.only(KNOWN);
        Optional<Properties> mixed = properties.object("MixedInstancesPolicy");
        LaunchTemplateResource launch = launchTemplate(
                mixed.flatMap(policy -> policy.object("LaunchTemplate"))
                        .flatMap(template -> template.object("LaunchTemplateSpecification"))
                        .or(() -> properties.object("LaunchTemplate"))
                        .orElseThrow(() -> new TemplateException(
                                properties.line(), "%s needs a launch template.".formatted(resource.logicalId()))),
                resource);
        return new AutoScalingGroupResource(
                resource.logicalId(),
                resource.name(),
                properties.integer("MinSize", 0),
                properties.integer("MaxSize", 0),
                mixed.map(policy -> isSpot(resource, policy)).orElse(false),
                mixed.map(policy -> overrides(policy))
                        .filter(types -> !types.isEmpty())
                        .orElse(List.of(launch.instanceType())),
                Duration.ofSeconds(properties.integer("Cooldown", DEFAULT_COOLDOWN_SECONDS)),
                properties
                        .value("DefaultInstanceWarmup")
                        .map(value -> Duration.ofSeconds(properties.integer("DefaultInstanceWarmup", 0))),
                properties.text("CapacityRebalance").map(Boolean::valueOf).orElse(false),
                properties.value("MetricsCollection").isPresent(),
                properties
                        .text("NewInstancesProtectedFromScaleIn")
                        .map(Boolean::valueOf)
                        .orElse(false),
                launch.agent());
    }

    /** The instance types of a mixed group; none where the launch template's is the only one. */
    private static List<String> overrides(Properties policy) {
        return policy.object("LaunchTemplate").stream()
                .flatMap(template -> template.objects("Overrides").stream())
                .map(override -> override.only(Set.of("InstanceType")).requiredText("InstanceType"))
                .toList();
    }

    private LaunchTemplateResource launchTemplate(Properties specification, Resource group) {
        String name = specification.requiredText("LaunchTemplateId");
        return launchTemplates
                .apply(name)
                .orElseThrow(() -> new TemplateException(
                        specification.line(),
                        "%s names %s, which is no launch template of this template."
                                .formatted(group.logicalId(), name)));
    }

    /** A mixture of both kinds cannot be told apart by the attribute that its one user data sets. */
    private static boolean isSpot(Resource group, Properties policy) {
        Properties distribution = policy.object("InstancesDistribution")
                .orElseThrow(() -> new TemplateException(
                        policy.line(), "%s needs InstancesDistribution.".formatted(group.logicalId())));
        int base = distribution.integer("OnDemandBaseCapacity", 0);
        int percent = distribution.integer("OnDemandPercentageAboveBaseCapacity", 100);
        if (base != 0 || (percent != 0 && percent != 100)) {
            throw new TemplateException(
                    distribution.line(),
                    "%s mixes Spot and on-demand instances; a group has one kind here.".formatted(group.logicalId()));
        }
        return percent == 0;
    }
}
