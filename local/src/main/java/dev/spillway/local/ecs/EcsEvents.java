package dev.spillway.local.ecs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The events in the shape of EventBridge (ECS developer guide, "Amazon ECS events"; EC2 user guide, "Spot Instance
 * interruption notices"). The detail of an ECS event is the described task or container instance itself, with the
 * instants as text, without tags, and with {@code updatedAt}.
 */
final class EcsEvents {

    private final EcsSettings settings;
    private final Ids ids;

    EcsEvents(EcsSettings settings, Ids ids) {
        this.settings = settings;
        this.ids = ids;
    }

    ObjectNode taskStateChange(SimTask task, Instant now) {
        ObjectNode detail = SdkJson.write(task.describe());
        detail.remove("tags");
        detail.put("updatedAt", now.toString());
        return envelope("aws.ecs", "ECS Task State Change", now, List.of(task.arn), detail);
    }

    ObjectNode containerInstanceStateChange(SimInstance instance, ClusterState cluster, Instant now) {
        ObjectNode detail = SdkJson.write(instance.describe());
        detail.put("clusterArn", cluster.arn());
        detail.put("updatedAt", now.toString());
        return envelope("aws.ecs", "ECS Container Instance State Change", now, List.of(instance.arn()), detail);
    }

    ObjectNode spotInterruptionWarning(SimInstance instance, Instant now) {
        ObjectNode detail = JsonNodeFactory.instance
                .objectNode()
                .put("instance-id", instance.ec2InstanceId())
                .put("instance-action", "terminate");
        String arn = "arn:aws:ec2:" + instance.availabilityZone() + ":instance/" + instance.ec2InstanceId();
        return envelope("aws.ec2", "EC2 Spot Instance Interruption Warning", now, List.of(arn), detail);
    }

    private ObjectNode envelope(
            String source, String detailType, Instant now, List<String> resources, ObjectNode detail) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("version", "0")
                .put("id", ids.uuid())
                .put("detail-type", detailType)
                .put("source", source)
                .put("account", settings.account())
                .put("time", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", settings.region());
        resources.forEach(event.putArray("resources")::add);
        event.set("detail", detail);
        return event;
    }
}
