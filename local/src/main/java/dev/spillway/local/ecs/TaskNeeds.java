package dev.spillway.local.ecs;

import java.util.Set;

/**
 * What one task takes from the container instance that it is placed on.
 *
 * @param cpu CPU units
 * @param memory MiB
 * @param networkInterfaces 1 for a task in {@code awsvpc} mode, else 0
 * @param gpus whole GPUs
 * @param tcpPorts static host ports
 * @param udpPorts static host ports
 * @param architecture the attribute {@code ecs.cpu-architecture} that it needs, empty for any
 */
record TaskNeeds(
        int cpu,
        int memory,
        int networkInterfaces,
        int gpus,
        Set<Integer> tcpPorts,
        Set<Integer> udpPorts,
        String architecture) {

    TaskNeeds {
        tcpPorts = Set.copyOf(tcpPorts);
        udpPorts = Set.copyOf(udpPorts);
    }
}
