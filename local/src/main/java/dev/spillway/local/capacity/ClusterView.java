package dev.spillway.local.capacity;

import dev.spillway.local.dashboard.Dashboard;
import dev.spillway.local.ec2.InstanceUse;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;

/**
 * What there is to see of a cluster from outside, for somebody who watches.
 *
 * @param dashboard of the template, with the metrics of the cluster and of what serves it
 * @param instanceUse every instance that the groups ever launched, in the order of the launches
 * @param instances the container instances
 * @param functionMemory MiB of each Lambda function that a task may name
 */
public record ClusterView(
        Dashboard dashboard,
        Supplier<List<InstanceUse>> instanceUse,
        Supplier<List<ContainerInstance>> instances,
        Map<String, Integer> functionMemory) {

    public ClusterView {
        functionMemory = Map.copyOf(functionMemory);
    }
}
