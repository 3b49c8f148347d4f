package dev.spillway.local.ecs;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How many instances the tasks in PROVISIONING need at least (ECS developer guide, "Amazon ECS managed scaling
 * behavior"): tasks with the same needs are one group; for each group, how many instances it fills when it is packed as
 * densely as can be; of these numbers the largest. What no instance of the type can hold counts for nothing.
 */
final class ProvisioningDemand {

    private ProvisioningDemand() {}

    private record Group(TaskNeeds needs, boolean oneOnEach) {}

    static int instances(Collection<SimTask> tasks, InstanceType type) {
        Map<Group, Integer> groups = new HashMap<>();
        for (SimTask task : tasks) {
            boolean distinct =
                    task.launch.constraints().stream().anyMatch(Constraint.DistinctInstance.class::isInstance);
            groups.merge(new Group(task.needs, distinct), 1, Integer::sum);
        }
        int most = 0;
        for (Map.Entry<Group, Integer> group : groups.entrySet()) {
            int each = onOne(group.getKey(), type);
            if (each > 0) {
                most = Math.max(most, Math.ceilDiv(group.getValue(), each));
            }
        }
        return most;
    }

    private static int onOne(Group group, InstanceType type) {
        TaskNeeds needs = group.needs();
        boolean ports = !needs.tcpPorts().isEmpty() || !needs.udpPorts().isEmpty();
        int most = IntStream.of(
                        holds(type.cpu(), needs.cpu()),
                        holds(type.memory(), needs.memory()),
                        // The first interface is the instance's own.
                        holds(type.networkInterfaces() - 1, needs.networkInterfaces()),
                        holds(type.gpus(), needs.gpus()))
                .min()
                .orElseThrow();
        return group.oneOnEach() || ports ? Math.min(1, most) : most;
    }

    private static int holds(int has, int needs) {
        return needs == 0 ? Integer.MAX_VALUE : has / needs;
    }
}
