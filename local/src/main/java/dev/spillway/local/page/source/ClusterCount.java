package dev.spillway.local.page.source;

import dev.spillway.local.ec2.CapacityKind;
import dev.spillway.local.ec2.InstanceUse;
import dev.spillway.local.page.InstanceCount;
import dev.spillway.local.page.InstanceCount.State;
import dev.spillway.local.page.spend.PriceList;
import dev.spillway.local.page.spend.Spend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;

/** Counts instances, and what they cost (pure). */
final class ClusterCount {

    private ClusterCount() {}

    /**
     * The instances that are up.
     *
     * @param uses what EC2 knows
     * @param joined what ECS knows of those that have joined the cluster
     */
    static List<InstanceCount> of(List<InstanceUse> uses, List<ContainerInstance> joined) {
        Map<String, State> states = new HashMap<>();
        joined.forEach(instance -> states.put(instance.ec2InstanceId(), state(instance)));
        List<InstanceCount> counts = new ArrayList<>();
        for (CapacityKind kind : CapacityKind.values()) {
            for (State state : State.values()) {
                int count = (int) uses.stream()
                        .filter(use -> use.endedAt().isEmpty() && use.kind() == kind)
                        .filter(use -> states.getOrDefault(use.instanceId(), State.STARTING) == state)
                        .count();
                if (count > 0) {
                    counts.add(new InstanceCount(kind, state, count));
                }
            }
        }
        return counts;
    }

    private static State state(ContainerInstance instance) {
        if ("DRAINING".equals(instance.status())) {
            return State.DRAINING;
        }
        return Boolean.TRUE.equals(instance.agentConnected()) ? State.ACTIVE : State.DISCONNECTED;
    }

    static Spend spend(List<InstanceUse> uses, PriceList prices) {
        return uses.stream()
                .map(use -> prices.ofInstance(use.instanceType(), use.kind(), use.runningTime()))
                .reduce(Spend.NOTHING, Spend::plus);
    }
}
