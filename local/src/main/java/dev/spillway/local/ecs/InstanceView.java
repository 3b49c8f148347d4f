package dev.spillway.local.ecs;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * A container instance as placement sees it at one moment.
 *
 * @param arn the container instance's ARN
 * @param ec2InstanceId {@code i-…}
 * @param agentConnected whether its agent can be told to start a task
 * @param attributes custom attributes and ECS's own, by name; an attribute without a value has an empty one
 * @param freeCpu CPU units that no task has
 * @param freeMemory MiB that no task has
 * @param freeNetworkInterfaces for tasks in {@code awsvpc} mode
 * @param freeGpus whole GPUs that no task has
 * @param usedTcpPorts reserved or taken by tasks
 * @param usedUdpPorts reserved or taken by tasks
 * @param runningTasks tasks in RUNNING
 * @param tasksByGroup tasks that are to run, by their task group
 * @param registeredAt when it joined the cluster
 */
record InstanceView(
        String arn,
        String ec2InstanceId,
        boolean agentConnected,
        Map<String, String> attributes,
        int freeCpu,
        int freeMemory,
        int freeNetworkInterfaces,
        int freeGpus,
        Set<Integer> usedTcpPorts,
        Set<Integer> usedUdpPorts,
        int runningTasks,
        Map<String, Integer> tasksByGroup,
        Instant registeredAt) {

    InstanceView {
        attributes = Map.copyOf(attributes);
        usedTcpPorts = Set.copyOf(usedTcpPorts);
        usedUdpPorts = Set.copyOf(usedUdpPorts);
        tasksByGroup = Map.copyOf(tasksByGroup);
    }

    int tasksOf(String group) {
        return tasksByGroup.getOrDefault(group, 0);
    }

    boolean hasPortsFor(TaskNeeds needs) {
        return Collections.disjoint(usedTcpPorts, needs.tcpPorts())
                && Collections.disjoint(usedUdpPorts, needs.udpPorts());
    }
}
