package dev.spillway.local.system;

import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.ec2.SimulatedEc2;
import dev.spillway.local.ecs.SimulatedEcs;
import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;

/**
 * Takes Spot Instances away, so that one can watch what becomes of their tasks: each time a task has begun to run on a
 * Spot Instance, until the wanted number of interruptions is reached. Their group replaces them.
 */
final class SpotInterruptions {

    private static final Attribute SPOT =
            Attribute.builder().name("spillway.capacity").value("spot").build();

    private final SimulatedEcs ecs;
    private final String cluster;
    private final SimulatedEc2 ec2;
    private final Set<String> interrupted = new HashSet<>();
    private int left;

    SpotInterruptions(SimulatedEcs ecs, String cluster, SimulatedEc2 ec2, int wanted) {
        this.ecs = ecs;
        this.cluster = cluster;
        this.ec2 = ec2;
        this.left = wanted;
    }

    /** A record was written. */
    synchronized void see(TaskRecord record) {
        if (left > 0 && record.status() == TaskStatus.RUNNING && record.containerInstanceArn() != null) {
            ecs.instances(cluster).stream()
                    .filter(instance -> instance.containerInstanceArn().equals(record.containerInstanceArn()))
                    .filter(instance -> instance.attributes().contains(SPOT))
                    .map(ContainerInstance::ec2InstanceId)
                    .findFirst()
                    .filter(interrupted::add)
                    .ifPresent(this::interrupt);
        }
    }

    private void interrupt(String ec2InstanceId) {
        left--;
        ec2.interrupt(ec2InstanceId);
    }
}
