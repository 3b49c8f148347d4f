package dev.spillway.local.ec2;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.ecs.Ids;
import dev.spillway.local.eventbridge.Envelope;
import java.time.Instant;
import java.util.List;

/** EC2's own events (EC2 user guide, "Spot Instance interruption notices" and "EC2 instance rebalance recommendations"). */
final class Ec2Events {

    private static final String SOURCE = "aws.ec2";

    private final Envelope envelope;
    private final Ids ids;

    Ec2Events(Envelope envelope, Ids ids) {
        this.envelope = envelope;
        this.ids = ids;
    }

    /** The ARN in it has the zone and no account, as in the user guide. */
    ObjectNode interruptionWarning(Ec2Instance instance, Instant now) {
        String arn = "arn:aws:ec2:" + instance.request.availabilityZone() + ":instance/" + instance.id;
        ObjectNode detail = detail(instance).put("instance-action", "terminate");
        return envelope.event(ids.uuid(), SOURCE, "EC2 Spot Instance Interruption Warning", now, List.of(arn), detail);
    }

    ObjectNode rebalanceRecommendation(Ec2Instance instance, Instant now) {
        String arn = "arn:aws:ec2:%s:%s:instance/%s".formatted(envelope.region(), envelope.account(), instance.id);
        return envelope.event(
                ids.uuid(), SOURCE, "EC2 Instance Rebalance Recommendation", now, List.of(arn), detail(instance));
    }

    private static ObjectNode detail(Ec2Instance instance) {
        return JsonNodeFactory.instance.objectNode().put("instance-id", instance.id);
    }
}
