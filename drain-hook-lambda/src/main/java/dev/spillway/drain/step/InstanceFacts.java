package dev.spillway.drain.step;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What AWS says now of an instance that has to go.
 *
 * @param instanceId of EC2
 * @param action the lifecycle action that waits for it; null if nothing waits, as on a Spot notice
 * @param member what it is in the cluster; null if the cluster does not have it (any more)
 * @param tasks what is on it; null until somebody has looked
 */
public record InstanceFacts(
        String instanceId,
        @Nullable LifecycleAction action,
        @Nullable Member member,
        @Nullable TasksThere tasks) {

    /**
     * A lifecycle action.
     *
     * @param limit the longest that it waits, however often it is told to (Auto Scaling API, LifecycleHook, GlobalTimeout)
     * @param unhealthy whether Auto Scaling ends the instance because it did not pass its health check
     */
    public record LifecycleAction(String group, Duration limit, boolean unhealthy) {}

    /**
     * A container instance.
     *
     * @param takesTasks whether ECS may still place tasks on it: it is ACTIVE
     * @param agentConnected whether its agent answers; without it, no task there can end or be stopped
     * @param counted the tasks that ECS counts on it; a list may lag behind that by some seconds
     * @param waitingSince when this function first saw its lifecycle action wait; null if it has not yet
     */
    public record Member(
            String containerInstanceArn,
            boolean takesTasks,
            boolean agentConnected,
            int counted,
            @Nullable Instant waitingSince) {}

    /**
     * The tasks on a container instance.
     *
     * @param holding the ARNs of those that run, or are about to, and that it waits for
     * @param others those listed beside them, that nobody waits for: daemons
     * @param stopping those that were asked to stop and are not gone yet
     */
    public record TasksThere(List<String> holding, int others, int stopping) {
        public TasksThere {
            holding = List.copyOf(holding);
        }
    }

    /** The same instance after it was drained; not a member any more if ECS did not know it. */
    public InstanceFacts with(@Nullable Member now) {
        return new InstanceFacts(instanceId, action, now, tasks);
    }

    /** The same instance after a look at its tasks. */
    public InstanceFacts with(TasksThere now) {
        return new InstanceFacts(instanceId, action, member, now);
    }
}
