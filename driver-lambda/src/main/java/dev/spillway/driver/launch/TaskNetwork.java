package dev.spillway.driver.launch;

import java.util.List;

/**
 * Where tasks of network mode {@code awsvpc} get their network interface; set by the deployment, never by a message.
 *
 * @param assignPublicIp {@code ENABLED} or {@code DISABLED}
 */
public record TaskNetwork(List<String> subnets, List<String> securityGroups, String assignPublicIp) {

    public TaskNetwork {
        subnets = List.copyOf(subnets);
        securityGroups = List.copyOf(securityGroups);
    }
}
