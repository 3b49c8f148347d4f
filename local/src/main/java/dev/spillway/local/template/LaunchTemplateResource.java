package dev.spillway.local.template;

import java.util.Map;

/**
 * A launch template of container instances.
 *
 * @param instanceType for example {@code m5.large}
 * @param agent what the user data tells the ECS agent: the lines of {@code /etc/ecs/ecs.config}
 */
record LaunchTemplateResource(String logicalId, String name, String instanceType, Map<String, String> agent) {

    LaunchTemplateResource {
        agent = Map.copyOf(agent);
    }
}
