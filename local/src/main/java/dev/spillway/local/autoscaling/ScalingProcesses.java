package dev.spillway.local.autoscaling;

import dev.spillway.local.ec2.CapacityKind;
import dev.spillway.local.ec2.LaunchOutcome;
import dev.spillway.local.ec2.LaunchOutcome.Launched;
import dev.spillway.local.ec2.LaunchOutcome.NoCapacity;
import dev.spillway.local.ec2.LaunchRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Launches and terminates until a group has what it should have. Methods that say so are called with the world's lock. */
final class ScalingProcesses {

    /** Between the sentences of a cause there are two spaces. */
    private static final String NEXT_SENTENCE = "  ";

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
        world.lock.holding(() -> {
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
                new LaunchRequest(group.name(), type, settings.kind(), zone, settings.boot()),
                new InstanceNews(world, this, group));
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

    /** An instance in service begins to terminate. Called with the lock. */
    void takeOut(GroupState group, GroupInstance instance, String cause) {
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

    /** The last that is known of an instance. Called with the lock. */
    void terminated(GroupState group, GroupInstance instance) {
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

    /** The cooldown begins when the last instance has been launched or terminated. Called with the lock. */
    void done(GroupState group, ScalingActivity activity) {
        activity.succeeded(world.now());
        group.lastDone = activity;
    }
}
