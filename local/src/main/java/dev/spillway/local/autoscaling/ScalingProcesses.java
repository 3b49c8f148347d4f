package dev.spillway.local.autoscaling;

import dev.spillway.local.ec2.CapacityKind;
import dev.spillway.local.ec2.InstanceListener;
import dev.spillway.local.ec2.LaunchOutcome;
import dev.spillway.local.ec2.LaunchOutcome.Launched;
import dev.spillway.local.ec2.LaunchOutcome.NoCapacity;
import dev.spillway.local.ec2.LaunchRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/** Launches and terminates until a group has what it should have. Methods that say so are called with the world's lock. */
final class ScalingProcesses {

    /** Between the sentences of a cause there are two spaces. */
    private static final String NEXT_SENTENCE = "  ";

    private static final String ENDED_BEFORE_SERVICE =
            "Instance became unhealthy while waiting for instance to be in InService state.";

    private final AutoScalingWorld world;
    private final LifecycleActions actions;

    ScalingProcesses(AutoScalingWorld world) {
        this.world = world;
        this.actions = new LifecycleActions(world, this::proceed);
    }

    LifecycleActions actions() {
        return actions;
    }

    /** Something about the group has changed. Called with the lock. */
    void wake(GroupState group) {
        lookIn(group, world.settings.reaction());
    }

    /** A look that is to come sooner stays. */
    private void lookIn(GroupState group, Duration delay) {
        Instant at = world.now().plus(delay);
        if (group.lookAt == null || at.isBefore(group.lookAt)) {
            group.look.cancel();
            group.lookAt = at;
            group.look = world.timeline.schedule(delay, () -> look(group, at));
        }
    }

    private void look(GroupState group, Instant at) {
        world.locked(() -> {
            if (at.equals(group.lookAt)) {
                group.lookAt = null;
                compare(group);
            }
        });
    }

    private void compare(GroupState group) {
        int actual = group.actual();
        String told = String.join(NEXT_SENTENCE, group.takeChanges());
        String changes = told.isEmpty() ? "" : told + NEXT_SENTENCE;
        if (group.desired > actual) {
            launch(group, group.desired - actual, changes);
        } else if (group.desired < actual) {
            scaleIn(group, actual - group.desired, changes);
        }
    }

    private void launch(GroupState group, int number, String changes) {
        String cause =
                "%s%san instance was started in response to a difference between desired and actual capacity, increasing the capacity from %d to %d."
                        .formatted(changes, world.at(), group.actual(), group.desired);
        group.starved = false;
        for (int i = 0; i < number && !group.starved; i++) {
            group.starved = !launchOne(group, cause);
        }
        if (group.starved) {
            lookIn(group, world.settings.retry());
        }
    }

    private boolean launchOne(GroupState group, String cause) {
        GroupSettings settings = group.settings();
        String zone = emptiestZone(group);
        String type = settings.instanceTypes()
                .get(group.launches % settings.instanceTypes().size());
        LaunchOutcome outcome = world.ec2.launch(
                new LaunchRequest(group.name(), type, settings.kind(), zone, settings.boot()), listener(group));
        return switch (outcome) {
            case Launched launched -> {
                group.launches++;
                String description = "Launching a new EC2 instance: " + launched.instanceId();
                ScalingActivity activity = activity(group, description, cause, zone);
                group.add(new GroupInstance(
                        launched.instanceId(), type, zone, world.now(), activity, settings.protectNewInstances()));
                yield true;
            }
            case NoCapacity none -> {
                ScalingActivity activity = activity(group, "Launching a new EC2 instance", cause, zone);
                activity.failed(
                        world.now(),
                        "Could not launch %s Instances. %s - %s Launching EC2 instance failed."
                                .formatted(
                                        settings.kind() == CapacityKind.SPOT ? "Spot" : "On-Demand",
                                        none.code(),
                                        none.message()));
                world.publish(world.events.notLaunched(group, activity, "", world.now()));
                yield false;
            }
        };
    }

    private static String emptiestZone(GroupState group) {
        return group.settings().availabilityZones().stream()
                .min(Comparator.comparingInt(zone ->
                        group.count(instance -> instance.state().counts() && instance.availabilityZone.equals(zone))))
                .orElseThrow();
    }

    private void scaleIn(GroupState group, int number, String changes) {
        int actual = group.actual();
        List<GroupInstance> candidates = group.instances().stream()
                .filter(instance -> instance.state().counts())
                .toList();
        for (GroupInstance instance : TerminationPolicy.choose(candidates, number)) {
            takeOut(
                    group,
                    instance,
                    "%s%san instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from %d to %d.%s%sinstance %s was selected for termination."
                            .formatted(
                                    changes,
                                    world.at(),
                                    actual,
                                    group.desired,
                                    NEXT_SENTENCE,
                                    world.at(),
                                    instance.id));
        }
    }

    private void takeOut(GroupState group, GroupInstance instance, String cause) {
        instance.state(InstanceState.TERMINATING);
        instance.activity =
                activity(group, "Terminating EC2 instance: " + instance.id, cause, instance.availabilityZone);
        if (group.settings().hooks().isEmpty()) {
            proceed(group, instance);
        } else {
            actions.start(group, instance);
        }
    }

    /** Nothing keeps the instance any longer. */
    private void proceed(GroupState group, GroupInstance instance) {
        if (!world.ec2.terminate(instance.id)) {
            terminated(group, instance);
        }
    }

    private void terminated(GroupState group, GroupInstance instance) {
        group.remove(instance);
        done(group, instance.activity);
        world.publish(world.events.terminated(group, instance, world.now()));
    }

    private ScalingActivity activity(GroupState group, String description, String cause, String zone) {
        ScalingActivity activity = new ScalingActivity(
                world.nextSequence(),
                world.ids.uuid(),
                world.ids.uuid(),
                description,
                cause,
                world.now(),
                zone,
                group.subnet(zone));
        group.add(activity);
        return activity;
    }

    /** The cooldown begins when the last instance has been launched or terminated. */
    private void done(GroupState group, ScalingActivity activity) {
        activity.succeeded(world.now());
        group.lastDone = activity;
    }

    // What EC2 tells of instances.

    private InstanceListener listener(GroupState group) {
        return new InstanceListener() {
            @Override
            public void running(String instanceId) {
                heard(group, instanceId, ScalingProcesses.this::running);
            }

            @Override
            public void rebalanceRecommendation(String instanceId) {
                if (group.settings().capacityRebalance()) {
                    throw new UnsupportedOperationException(
                            "the replacement that a rebalance recommendation makes a group with capacity rebalancing"
                                    + " launch is not simulated");
                }
            }

            @Override
            public void interruptionNotice(String instanceId) {
                heard(group, instanceId, ScalingProcesses.this::interruptionNotice);
            }

            @Override
            public void gone(String instanceId) {
                heard(group, instanceId, ScalingProcesses.this::gone);
            }
        };
    }

    private void heard(GroupState group, String instanceId, BiConsumer<GroupState, GroupInstance> news) {
        world.locked(() -> group.instance(instanceId).ifPresent(instance -> news.accept(group, instance)));
    }

    private void running(GroupState group, GroupInstance instance) {
        if (instance.is(InstanceState.PENDING)) {
            instance.inService(world.now());
            done(group, instance.activity);
            world.publish(world.events.launched(group, instance, world.now()));
            // It may have become one too many meanwhile.
            wake(group);
        }
    }

    /** With capacity rebalancing the group does not wait for the end: hook and replacement come at once. */
    private void interruptionNotice(GroupState group, GroupInstance instance) {
        if (group.settings().capacityRebalance() && instance.is(InstanceState.IN_SERVICE)) {
            takeOut(
                    group,
                    instance,
                    world.at()
                            + "an instance was taken out of service in response to an EC2 Spot Instance interruption notice.");
            wake(group);
        }
    }

    private void gone(GroupState group, GroupInstance instance) {
        switch (instance.state()) {
            case PENDING -> endedBeforeService(group, instance);
            case IN_SERVICE ->
                world.timeline.schedule(world.settings.healthCheck(), () -> heard(group, instance.id, this::unhealthy));
            // Its lifecycle action is still to be completed.
            case TERMINATING_WAIT -> instance.healthy = false;
            case TERMINATING, TERMINATING_PROCEED -> terminated(group, instance);
        }
    }

    private void endedBeforeService(GroupState group, GroupInstance instance) {
        group.remove(instance);
        instance.activity.failed(world.now(), ENDED_BEFORE_SERVICE);
        world.publish(world.events.notLaunched(group, instance.activity, instance.id, world.now()));
        wake(group);
    }

    /** Replaced whatever the scale-in protection and the cooldown. */
    private void unhealthy(GroupState group, GroupInstance instance) {
        if (instance.is(InstanceState.IN_SERVICE)) {
            instance.healthy = false;
            takeOut(
                    group,
                    instance,
                    world.at()
                            + "an instance was taken out of service in response to an EC2 health check that indicated it had been terminated or stopped.");
            wake(group);
        }
    }

    /** Ids of activities in progress, newest first. Called with the lock. */
    static List<String> inProgress(GroupState group) {
        List<String> running = new ArrayList<>();
        group.activities().stream().filter(ScalingActivity::inProgress).forEach(activity -> running.add(activity.id));
        return running;
    }
}
