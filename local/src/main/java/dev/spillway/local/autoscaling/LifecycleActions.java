package dev.spillway.local.autoscaling;

import dev.spillway.local.autoscaling.LifecycleHook.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The waits of terminating instances (Auto Scaling user guide, "How lifecycle hooks work"). The hooks of a group wait
 * side by side; the instance proceeds when the last is complete, or the first abandoned. A Spot Instance that EC2 has
 * taken back is gone meanwhile, and its action is still to be completed.
 */
final class LifecycleActions {

    private final AutoScalingWorld world;
    private final BiConsumer<GroupState, GroupInstance> proceed;

    /**
     * No waits yet.
     *
     * @param proceed what happens to an instance that has waited for all its hooks; called with the lock
     */
    LifecycleActions(AutoScalingWorld world, BiConsumer<GroupState, GroupInstance> proceed) {
        this.world = world;
        this.proceed = proceed;
    }

    /** Begins the waits of an instance in {@code Terminating}. Called with the lock. */
    void start(GroupState group, GroupInstance instance) {
        instance.state(InstanceState.TERMINATING_WAIT);
        Instant now = world.now();
        for (LifecycleHook hook : group.settings().hooks()) {
            LifecycleAction action = new LifecycleAction(hook, world.ids.uuid(), now);
            instance.actions.add(action);
            extend(group, instance, action);
            world.publish(world.events.terminateLifecycleAction(group, instance, action, now));
        }
    }

    void complete(String groupName, String hook, @Nullable String token, @Nullable String instanceId, Result result) {
        world.lock.holding(() -> {
            GroupState group = world.group(groupName);
            Waiting waiting = active(group, hook, token, instanceId);
            end(group, waiting.instance(), waiting.action(), result);
        });
    }

    void heartbeat(String groupName, String hook, @Nullable String token, @Nullable String instanceId) {
        world.lock.holding(() -> {
            GroupState group = world.group(groupName);
            Waiting waiting = active(group, hook, token, instanceId);
            extend(group, waiting.instance(), waiting.action());
        });
    }

    private record Waiting(GroupInstance instance, LifecycleAction action) {}

    private static Waiting active(GroupState group, String hook, @Nullable String token, @Nullable String instanceId) {
        Stream<GroupInstance> instances =
                instanceId == null ? group.instances().stream() : group.instance(instanceId).stream();
        Optional<Waiting> found = instances
                .flatMap(instance -> instance.actions.stream().map(action -> new Waiting(instance, action)))
                .filter(waiting -> waiting.action().hook.name().equals(hook))
                .filter(waiting -> token == null || waiting.action().token.equals(token))
                .findFirst();
        return found.orElseThrow(() -> AutoScalingErrors.validation(
                token == null
                        ? "No active Lifecycle Action found with instance ID " + instanceId
                        : "No active Lifecycle Action found with token " + token));
    }

    private void extend(GroupState group, GroupInstance instance, LifecycleAction action) {
        Instant now = world.now();
        Instant deadline = action.deadlineAfterHeartbeat(now);
        action.deadline = deadline;
        action.timer.cancel();
        action.timer = world.timeline.schedule(
                Duration.between(now, deadline), () -> expire(group, instance, action, deadline));
    }

    private void expire(GroupState group, GroupInstance instance, LifecycleAction action, Instant deadline) {
        world.lock.holding(() -> {
            // A heartbeat may have come while this was about to run.
            if (instance.actions.contains(action) && action.deadline.equals(deadline)) {
                end(group, instance, action, action.hook.defaultResult());
            }
        });
    }

    private void end(GroupState group, GroupInstance instance, LifecycleAction action, Result result) {
        List<LifecycleAction> over = result == Result.ABANDON ? List.copyOf(instance.actions) : List.of(action);
        over.forEach(each -> each.timer.cancel());
        instance.actions.removeAll(over);
        if (instance.actions.isEmpty()) {
            instance.state(InstanceState.TERMINATING_PROCEED);
            proceed.accept(group, instance);
        }
    }
}
