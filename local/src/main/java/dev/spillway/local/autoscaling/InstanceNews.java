package dev.spillway.local.autoscaling;

import dev.spillway.local.ec2.InstanceListener;
import java.util.function.Consumer;

/** What EC2 tells of the instances of a group, and what the group makes of it. */
final class InstanceNews implements InstanceListener {

    private static final String ENDED_BEFORE_SERVICE =
            "Instance became unhealthy while waiting for instance to be in InService state.";

    private static final String INTERRUPTED =
            "an instance was taken out of service in response to an EC2 Spot Instance interruption notice.";

    private static final String UNHEALTHY = "an instance was taken out of service in response to an EC2 health check"
            + " that indicated it had been terminated or stopped.";

    private final AutoScalingWorld world;
    private final ScalingProcesses processes;
    private final GroupState group;

    InstanceNews(AutoScalingWorld world, ScalingProcesses processes, GroupState group) {
        this.world = world;
        this.processes = processes;
        this.group = group;
    }

    @Override
    public void running(String instanceId) {
        heard(instanceId, instance -> {
            if (instance.is(InstanceState.PENDING)) {
                instance.inService(world.now());
                processes.done(group, instance.activity);
                world.publish(world.events.launched(group, instance, world.now()));
                // It may have become one too many meanwhile.
                processes.wake(group);
            }
        });
    }

    @Override
    public void rebalanceRecommendation(String instanceId) {
        if (group.settings().capacityRebalance()) {
            throw new UnsupportedOperationException("the replacement that a rebalance recommendation makes a group with"
                    + " capacity rebalancing launch is not simulated");
        }
    }

    /** With capacity rebalancing the group does not wait for the end: hook and replacement come at once. */
    @Override
    public void interruptionNotice(String instanceId) {
        if (group.settings().capacityRebalance()) {
            heard(instanceId, instance -> replace(instance, INTERRUPTED));
        }
    }

    @Override
    public void gone(String instanceId) {
        heard(instanceId, instance -> {
            switch (instance.state()) {
                case PENDING -> endedBeforeService(instance);
                case IN_SERVICE ->
                    world.timeline.schedule(world.settings.healthCheck(), () -> heard(instanceId, this::unhealthy));
                // Its lifecycle action is still to be completed.
                case TERMINATING_WAIT -> instance.healthy = false;
                case TERMINATING, TERMINATING_PROCEED -> processes.terminated(group, instance);
            }
        });
    }

    private void heard(String instanceId, Consumer<GroupInstance> news) {
        world.lock.holding(() -> group.instance(instanceId).ifPresent(news));
    }

    private void endedBeforeService(GroupInstance instance) {
        group.remove(instance);
        instance.activity.failed(world.now(), ENDED_BEFORE_SERVICE);
        world.publish(world.events.notLaunched(group, instance.activity, instance.id, world.now()));
        processes.wake(group);
    }

    private void unhealthy(GroupInstance instance) {
        instance.healthy = false;
        replace(instance, UNHEALTHY);
    }

    /** Whatever the scale-in protection and the cooldown. */
    private void replace(GroupInstance instance, String why) {
        if (instance.is(InstanceState.IN_SERVICE)) {
            processes.takeOut(group, instance, world.at() + why);
            processes.wake(group);
        }
    }
}
