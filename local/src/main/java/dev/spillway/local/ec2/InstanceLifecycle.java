package dev.spillway.local.ec2;

import java.time.Duration;

/**
 * Takes an instance from its launch to its end (EC2 user guide, "Instance lifecycle"). Methods that say so are called
 * with the world's lock; the others take it themselves.
 */
final class InstanceLifecycle {

    private final Ec2World world;
    private final InstanceHost host;

    InstanceLifecycle(Ec2World world, InstanceHost host) {
        this.world = world;
        this.host = host;
    }

    /** There is capacity for an instance. Called with the lock. */
    void launched(Ec2Instance instance) {
        world.all.add(instance);
        world.live.put(instance.id, instance);
        world.timeline.schedule(instance.request.boot().running(), () -> boot(instance));
    }

    private void boot(Ec2Instance instance) {
        boolean boots = world.lock.holding(() -> {
            boolean pending = instance.state == Ec2Instance.State.PENDING;
            instance.state = pending ? Ec2Instance.State.RUNNING : instance.state;
            return pending;
        });
        if (boots) {
            instance.listener.running(instance.id);
            BootTimes times = instance.request.boot();
            world.timeline.schedule(times.joined().minus(times.running()), () -> join(instance));
        }
    }

    private void join(Ec2Instance instance) {
        world.lock.holding(() -> {
            if (instance.isUp() && instance.joins) {
                instance.joined = true;
                LaunchRequest request = instance.request;
                host.joined(new BootedInstance(
                        instance.id,
                        request.instanceType(),
                        request.kind(),
                        request.availabilityZone(),
                        request.owner()));
            }
        });
    }

    /** Shuts an instance down. Harmless when it shuts down already. Called with the lock. */
    void shutDown(Ec2Instance instance) {
        if (instance.isUp()) {
            end(instance, Ec2Instance.State.SHUTTING_DOWN);
            world.timeline.schedule(world.settings.shutdown(), () -> forget(instance));
        }
    }

    /** EC2 takes a Spot Instance back. Harmless when it has been told already, or shuts down. Called with the lock. */
    void interrupt(Ec2Instance instance) {
        if (instance.interrupted || !instance.isUp()) {
            return;
        }
        instance.interrupted = true;
        world.publish(world.events.interruptionWarning(instance, world.now()));
        world.timeline.schedule(Duration.ZERO, () -> instance.listener.interruptionNotice(instance.id));
        world.timeline.schedule(world.settings.spotNotice(), () -> lose(instance));
    }

    /** An instance is gone without a word. Harmless when it shuts down. */
    void lose(Ec2Instance instance) {
        boolean lost = world.lock.holding(() -> {
            boolean up = instance.isUp();
            if (up) {
                end(instance, Ec2Instance.State.TERMINATED);
            }
            return up;
        });
        if (lost) {
            forget(instance);
        }
    }

    private void end(Ec2Instance instance, Ec2Instance.State state) {
        instance.state = state;
        instance.endedAt = world.now();
        if (instance.joined) {
            host.gone(instance.id);
        }
    }

    private void forget(Ec2Instance instance) {
        world.lock.holding(() -> {
            instance.state = Ec2Instance.State.TERMINATED;
            world.live.remove(instance.id);
        });
        world.timeline.schedule(Duration.ZERO, () -> instance.listener.gone(instance.id));
    }
}
