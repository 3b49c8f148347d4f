package dev.spillway.local.ec2;

import dev.spillway.local.ecs.SimulatedEcs;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Instances become container instances of one cluster. */
public final class EcsHost implements InstanceHost {

    private final SimulatedEcs ecs;
    private final String cluster;
    private final ConcurrentMap<String, String> containerInstances = new ConcurrentHashMap<>();

    /**
     * The cluster that every instance joins.
     *
     * @param cluster name or ARN; it exists when the first instance joins
     */
    public EcsHost(SimulatedEcs ecs, String cluster) {
        this.ecs = ecs;
        this.cluster = cluster;
    }

    @Override
    public void joined(BootedInstance instance) {
        String arn = ecs.addLaunchedInstance(
                cluster,
                instance.instanceType(),
                instance.kind().attribute(),
                instance.availabilityZone(),
                Map.of(),
                instance.instanceId(),
                instance.owner());
        containerInstances.put(instance.instanceId(), arn);
    }

    @Override
    public void gone(String instanceId) {
        String arn = containerInstances.remove(instanceId);
        if (arn != null) {
            ecs.terminate(arn);
        }
    }
}
