package dev.spillway.local.managedscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.autoscaling.LifecycleHook;
import dev.spillway.local.autoscaling.LifecycleHook.Result;
import dev.spillway.local.ecs.ManagedCapacity;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;

/**
 * Managed instance draining (ECS developer guide, "Safely stop Amazon ECS workloads running on EC2 instances"): ECS has a
 * lifecycle hook of its own on the group, sets an instance that terminates to DRAINING, and lets it go when its tasks have
 * ended. Tasks of RunTask are left to end; there are no services here. The hook's limit of 48 hours is also the longest
 * drain: what runs then ends with the instance. A Spot Instance that has been taken back is gone before that.
 */
public final class ManagedDraining {

    private static final String HOOK = "ecs-managed-draining-termination-hook";

    /** Not documented; with an hour, the longest wait that Auto Scaling has is 48 hours and not less. */
    private static final Duration HEARTBEAT_TIMEOUT = Duration.ofHours(1);

    /** Not documented either. */
    private static final Duration HEARTBEAT = Duration.ofMinutes(30);

    private final String cluster;
    private final ManagedCapacity ecs;
    private final Supplier<AutoScalingClient> autoScaling;
    private final Timeline timeline;
    private final Duration look;

    /**
     * Drains nothing yet.
     *
     * @param autoScaling asked for when an instance is to go
     * @param look how long it takes to see that the last task of an instance has ended
     */
    public ManagedDraining(
            String cluster,
            ManagedCapacity ecs,
            Supplier<AutoScalingClient> autoScaling,
            Timeline timeline,
            Duration look) {
        this.cluster = cluster;
        this.ecs = ecs;
        this.autoScaling = autoScaling;
        this.timeline = timeline;
        this.look = look;
    }

    /** The hook that ECS puts on the group of a capacity provider with managed draining. */
    public static LifecycleHook hook() {
        return new LifecycleHook(HOOK, HEARTBEAT_TIMEOUT, Result.CONTINUE, "");
    }

    /** Sees an event of Auto Scaling. That of another hook is nothing to it. */
    public void see(ObjectNode event) {
        if (event.path("detail-type").asText().equals("EC2 Instance-terminate Lifecycle Action")
                && event.at("/detail/LifecycleHookName").asText().equals(HOOK)) {
            Going going = new Going(
                    event.at("/detail/AutoScalingGroupName").asText(),
                    event.at("/detail/EC2InstanceId").asText());
            ecs.drain(cluster, going.instanceId());
            look(going, timeline.now());
        }
    }

    private record Going(String group, String instanceId) {}

    private void look(Going going, Instant lastHeartbeat) {
        if (!ecs.hasTasks(cluster, going.instanceId())) {
            letGo(going);
            return;
        }
        boolean due = !timeline.now().isBefore(lastHeartbeat.plus(HEARTBEAT));
        if (!due || hold(going)) {
            Instant beaten = due ? timeline.now() : lastHeartbeat;
            timeline.schedule(look, () -> look(going, beaten));
        }
    }

    private void letGo(Going going) {
        try {
            autoScaling
                    .get()
                    .completeLifecycleAction(r -> r.autoScalingGroupName(going.group())
                            .lifecycleHookName(HOOK)
                            .instanceId(going.instanceId())
                            .lifecycleActionResult("CONTINUE"));
        } catch (AutoScalingException over) {
            // The hook's time had run out: the instance goes anyway.
        }
    }

    /** Asks for more time; false if there is none left. */
    private boolean hold(Going going) {
        try {
            autoScaling
                    .get()
                    .recordLifecycleActionHeartbeat(r -> r.autoScalingGroupName(going.group())
                            .lifecycleHookName(HOOK)
                            .instanceId(going.instanceId()));
            return true;
        } catch (AutoScalingException over) {
            return false;
        }
    }
}
