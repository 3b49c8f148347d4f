package dev.spillway.local.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

    /** The events that tell of a task that has begun to run. Its record comes too late: the task may be over by then. */
    static JsonNode pattern() {
        ObjectNode pattern = JsonNodeFactory.instance.objectNode();
        pattern.putArray("source").add("aws.ecs");
        pattern.putArray("detail-type").add("ECS Task State Change");
        pattern.putObject("detail").putArray("lastStatus").add("RUNNING");
        return pattern;
    }

    /** A task has begun to run. */
    synchronized void see(JsonNode event) {
        String taskInstance = event.at("/detail/containerInstanceArn").asText();
        if (left > 0) {
            ecs.instances(cluster).stream()
                    .filter(instance -> instance.containerInstanceArn().equals(taskInstance))
                    .filter(instance -> instance.attributes().contains(SPOT) && instance.runningTasksCount() > 0)
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
