package dev.spillway.local.autoscaling;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.ecs.Ids;
import dev.spillway.local.eventbridge.Envelope;
import java.time.Instant;
import java.util.List;

/** The events in the shape of EventBridge (Auto Scaling user guide, "Amazon EC2 Auto Scaling event reference"). */
final class AutoScalingEvents {

    private static final String GROUP = "AutoScalingGroup";
    private static final String EC2 = "EC2";

    private final Envelope envelope;
    private final Ids ids;

    AutoScalingEvents(Envelope envelope, Ids ids) {
        this.envelope = envelope;
        this.ids = ids;
    }

    ObjectNode terminateLifecycleAction(GroupState group, GroupInstance instance, LifecycleAction action, Instant now) {
        ObjectNode detail = JsonNodeFactory.instance
                .objectNode()
                .put("LifecycleActionToken", action.token)
                .put("AutoScalingGroupName", group.name())
                .put("LifecycleHookName", action.hook.name())
                .put("EC2InstanceId", instance.id)
                .put("LifecycleTransition", LifecycleHook.TRANSITION);
        if (!action.hook.notificationMetadata().isEmpty()) {
            detail.put("NotificationMetadata", action.hook.notificationMetadata());
        }
        detail.put("Origin", GROUP).put("Destination", EC2);
        return event("EC2 Instance-terminate Lifecycle Action", now, List.of(group.arn()), detail);
    }

    /** The status is InProgress, as in the reference: the event is a part of the activity that it tells of. */
    ObjectNode launched(GroupState group, GroupInstance instance, Instant now) {
        ObjectNode detail = detail(group, instance.activity, instance.id, "InProgress", now)
                .put("Description", instance.activity.description)
                .put("Origin", EC2)
                .put("Destination", GROUP);
        return event("EC2 Instance Launch Successful", now, resources(group, instance.id), detail);
    }

    ObjectNode terminated(GroupState group, GroupInstance instance, Instant now) {
        ObjectNode detail = detail(group, instance.activity, instance.id, "InProgress", now)
                .put("Description", instance.activity.description)
                .put("Origin", GROUP)
                .put("Destination", EC2);
        return event("EC2 Instance Terminate Successful", now, resources(group, instance.id), detail);
    }

    /**
     * A launch has failed.
     *
     * @param instanceId empty if it failed before there was an instance
     */
    ObjectNode notLaunched(GroupState group, ScalingActivity activity, String instanceId, Instant now) {
        ObjectNode detail = detail(group, activity, instanceId, "Failed", now)
                .put("Origin", EC2)
                .put("Destination", GROUP);
        List<String> resources = instanceId.isEmpty() ? List.of(group.arn()) : resources(group, instanceId);
        return event("EC2 Instance Launch Unsuccessful", now, resources, detail);
    }

    private static ObjectNode detail(
            GroupState group, ScalingActivity activity, String instanceId, String status, Instant now) {
        ObjectNode detail = JsonNodeFactory.instance
                .objectNode()
                .put("StatusCode", status)
                .put("AutoScalingGroupName", group.name())
                .put("ActivityId", activity.id);
        detail.set("Details", activity.details());
        return detail.put("RequestId", activity.requestId)
                .put("StatusMessage", activity.statusMessage())
                .put("EndTime", now.toString())
                .put("EC2InstanceId", instanceId)
                .put("StartTime", activity.startTime.toString())
                .put("Cause", activity.cause);
    }

    private List<String> resources(GroupState group, String instanceId) {
        return List.of(
                group.arn(),
                "arn:aws:ec2:%s:%s:instance/%s".formatted(envelope.region(), envelope.account(), instanceId));
    }

    private ObjectNode event(String detailType, Instant now, List<String> resources, ObjectNode detail) {
        return envelope.event(ids.uuid(), "aws.autoscaling", detailType, now, resources, detail);
    }
}
