package dev.spillway.drain;

import dev.spillway.drain.step.DrainRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/**
 * Auto Scaling's side: which instances wait, and the answers to their lifecycle actions. An action is answered by the
 * instance's id, so that no token has to be kept (Auto Scaling API, CompleteLifecycleAction).
 */
final class LifecycleActions {

    /** How many groups one call names and gives (Auto Scaling API, DescribeAutoScalingGroups). */
    private static final int PAGE = 100;

    /** What Auto Scaling says, as a ValidationError, of an action that was completed or has run out. */
    private static final String GONE = "No active Lifecycle Action found";

    private static final String UNHEALTHY = "Unhealthy";
    private static final Duration LONGEST = Duration.ofHours(48);
    private static final int MOST_HEARTBEATS = 100;
    private static final int DEFAULT_HEARTBEAT_SECONDS = 3_600;

    private final AutoScalingClient autoScaling;
    private final String hook;

    LifecycleActions(AutoScalingClient autoScaling, String hook) {
        this.autoScaling = autoScaling;
        this.hook = hook;
    }

    /**
     * The groups as they are now.
     *
     * @param going the instances that Auto Scaling wants to end; those that are only on their way to the hook have no group
     * @param missing names of groups that do not exist
     */
    record Look(List<Going> going, Set<String> missing) {
        Look {
            going = List.copyOf(going);
            missing = Set.copyOf(missing);
        }
    }

    /**
     * The lifecycle hook of a group.
     *
     * @param heartbeatTimeout how long an action waits after it began, or after its last heartbeat
     * @param limit how long it waits at most: the smaller of 48 h and 100 times the timeout
     */
    record Hook(String group, Duration heartbeatTimeout, Duration limit) {

        /** Whether an action still waits when the next look comes. */
        boolean outlastsTheInterval() {
            return heartbeatTimeout.compareTo(DrainRule.INTERVAL) >= 0;
        }
    }

    Look look(Collection<String> groups) {
        List<Going> going = new ArrayList<>();
        Set<String> missing = new HashSet<>(groups);
        for (AutoScalingGroup group : describe(groups)) {
            missing.remove(group.autoScalingGroupName());
            group.instances().forEach(instance -> addIfGoing(group, instance, going));
        }
        return new Look(going, missing);
    }

    /** Whether one of the groups has the instance, and replaces those that EC2 is likely to take. */
    boolean replace(Collection<String> groups, String instanceId) {
        return describe(groups).stream()
                .filter(group -> Boolean.TRUE.equals(group.capacityRebalance()))
                .flatMap(group -> group.instances().stream())
                .anyMatch(instance -> instanceId.equals(instance.instanceId()));
    }

    private List<AutoScalingGroup> describe(Collection<String> groups) {
        List<String> names = List.copyOf(groups);
        List<AutoScalingGroup> found = new ArrayList<>();
        for (int from = 0; from < names.size(); from += PAGE) {
            List<String> page = names.subList(from, Math.min(from + PAGE, names.size()));
            autoScaling
                    .describeAutoScalingGroupsPaginator(
                            r -> r.autoScalingGroupNames(page).maxRecords(PAGE))
                    .autoScalingGroups()
                    .forEach(found::add);
        }
        return found;
    }

    private static void addIfGoing(AutoScalingGroup group, Instance instance, List<Going> going) {
        if (instance.lifecycleState() == LifecycleState.TERMINATING_WAIT) {
            boolean unhealthy = UNHEALTHY.equals(instance.healthStatus());
            going.add(new Going(instance.instanceId(), group.autoScalingGroupName(), unhealthy));
        } else if (instance.lifecycleState() == LifecycleState.TERMINATING) {
            // The event of the hook can be faster than this description.
            going.add(new Going(instance.instanceId(), null, false));
        }
    }

    /**
     * The hook of the group.
     *
     * @throws IllegalStateException if the group has none of that name
     */
    Hook hookOf(String group) {
        return autoScaling
                .describeLifecycleHooks(r -> r.autoScalingGroupName(group).lifecycleHookNames(hook))
                .lifecycleHooks()
                .stream()
                .filter(found -> hook.equals(found.lifecycleHookName()))
                .map(found -> hook(group, found.heartbeatTimeout(), found.globalTimeout()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("group " + group + " has no lifecycle hook " + hook));
    }

    private static Hook hook(String group, Integer heartbeatSeconds, Integer globalSeconds) {
        Duration heartbeat =
                Duration.ofSeconds(heartbeatSeconds == null ? DEFAULT_HEARTBEAT_SECONDS : heartbeatSeconds);
        Duration computed = heartbeat.multipliedBy(MOST_HEARTBEATS);
        Duration limit = globalSeconds != null ? Duration.ofSeconds(globalSeconds) : computed;
        return new Hook(group, heartbeat, limit.compareTo(LONGEST) < 0 ? limit : LONGEST);
    }

    /** Lets the instance go; false if nothing waits for it any more. */
    boolean complete(String group, String instanceId) {
        return answer(() -> autoScaling.completeLifecycleAction(r -> r.autoScalingGroupName(group)
                .lifecycleHookName(hook)
                .instanceId(instanceId)
                .lifecycleActionResult("CONTINUE")));
    }

    /** Has the instance wait for another heartbeat timeout; false if nothing waits for it any more. */
    boolean heartbeat(String group, String instanceId) {
        return answer(() -> autoScaling.recordLifecycleActionHeartbeat(
                r -> r.autoScalingGroupName(group).lifecycleHookName(hook).instanceId(instanceId)));
    }

    private static boolean answer(Runnable call) {
        try {
            call.run();
            return true;
        } catch (AutoScalingException refused) {
            // Normal: somebody was faster, or a call that timed out had worked.
            if (String.valueOf(refused.getMessage()).contains(GONE)) {
                return false;
            }
            throw refused;
        }
    }
}
