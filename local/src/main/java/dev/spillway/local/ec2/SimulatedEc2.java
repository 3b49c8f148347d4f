package dev.spillway.local.ec2;

import dev.spillway.local.ec2.LaunchOutcome.Launched;
import dev.spillway.local.ec2.LaunchOutcome.NoCapacity;
import dev.spillway.local.ecs.EventSink;
import dev.spillway.local.time.Timeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/**
 * The instances of a simulated account of Amazon EC2. Launching and ending them is for what owns them (an Auto Scaling
 * group, a Spot Fleet request); what happens to them is for tests and scenarios. Safe for use by many threads. Its lock
 * is taken while owners hold theirs, and it takes that of the {@link InstanceHost}, never the other way around.
 */
public final class SimulatedEc2 {

    private final Ec2World world;
    private final InstanceLifecycle lifecycle;
    private final Map<String, Integer> spotCapacity = new HashMap<>();
    private final Map<String, Integer> neverJoin = new HashMap<>();

    /**
     * An account without instances, and with Spot capacity for everybody.
     *
     * @param settings Region, account and times
     * @param timeline what all of it happens on
     * @param host what instances join
     * @param sink gets every event
     */
    public SimulatedEc2(Ec2Settings settings, Timeline timeline, InstanceHost host, EventSink sink) {
        this.world = new Ec2World(settings, timeline, sink);
        this.lifecycle = new InstanceLifecycle(world, host);
    }

    public Ec2Settings settings() {
        return world.settings;
    }

    // What owners do.

    /**
     * Launches an instance, if there is capacity.
     *
     * @param listener hears of it from now on
     */
    public LaunchOutcome launch(LaunchRequest request, InstanceListener listener) {
        return world.lock.holding(() -> {
            String owner = request.owner();
            if (request.kind() == CapacityKind.SPOT && freeSpotCapacity(owner) < 1) {
                return new NoCapacity(
                        "InsufficientInstanceCapacity",
                        "There is no Spot capacity available that matches your request.");
            }
            Ec2Instance instance =
                    new Ec2Instance(world.ids.ec2Instance(), request, listener, joins(owner), world.now());
            lifecycle.launched(instance);
            return new Launched(instance.id);
        });
    }

    private boolean joins(String owner) {
        int left = neverJoin.getOrDefault(owner, 0);
        neverJoin.put(owner, Math.max(0, left - 1));
        return left == 0;
    }

    /**
     * Shuts an instance down; its listener hears when it is gone. Harmless when it shuts down already.
     *
     * @return false if it is gone already, so that nothing more will be heard
     */
    public boolean terminate(String instanceId) {
        return world.lock.holding(() -> {
            Ec2Instance instance = world.live.get(instanceId);
            if (instance == null) {
                return false;
            }
            lifecycle.shutDown(instance);
            return true;
        });
    }

    // What the world does.

    /**
     * Says whether EC2 has Spot capacity for an owner. None takes all its Spot Instances back.
     *
     * @param owner the name of an Auto Scaling group, or the id of a Spot Fleet request
     */
    public void spotAvailable(String owner, boolean available) {
        spotAvailable(owner, available ? Integer.MAX_VALUE : 0);
    }

    /**
     * Says how many Spot Instances EC2 has for an owner; those above it are {@link #interrupt interrupted}, chosen by the
     * seed.
     */
    public void spotAvailable(String owner, int instances) {
        world.lock.holding(() -> {
            spotCapacity.put(owner, instances);
            List<Ec2Instance> held = new ArrayList<>(holding(owner).toList());
            Collections.shuffle(held, world.random);
            held.stream().limit(Math.max(0, held.size() - (long) instances)).forEach(lifecycle::interrupt);
        });
    }

    /**
     * EC2 takes a Spot Instance back: sends the interruption warning now, and terminates it after
     * {@link Ec2Settings#spotNotice}. Harmless when it has been told already, or shuts down.
     *
     * @throws IllegalArgumentException if it is an on-demand instance
     */
    public void interrupt(String instanceId) {
        world.lock.holding(() -> lifecycle.interrupt(spot(instanceId)));
    }

    /**
     * EC2 says that a Spot Instance is at elevated risk of interruption; nothing else happens to it.
     *
     * @throws UnsupportedOperationException if its owner would replace it, which is not simulated
     */
    public void recommendRebalance(String instanceId) {
        Ec2Instance instance = world.lock.holding(() -> spot(instanceId));
        instance.listener.rebalanceRecommendation(instanceId);
        world.lock.holding(() -> world.publish(world.events.rebalanceRecommendation(instance, world.now())));
    }

    /** An instance is gone without a word. Harmless when it is gone already. */
    public void lose(String instanceId) {
        Ec2Instance instance = world.lock.holding(() -> world.live.get(instanceId));
        if (instance != null) {
            lifecycle.lose(instance);
        }
    }

    /** The next instances that an owner launches boot and run, and never join anything. */
    public void nextNeverJoin(String owner, int instances) {
        world.lock.holding(() -> neverJoin.put(owner, instances));
    }

    /** Every instance there ever was, in the order of their launches. */
    public List<InstanceUse> instanceUse() {
        return world.lock.holding(() ->
                world.all.stream().map(instance -> instance.use(world.now())).toList());
    }

    private Ec2Instance spot(String instanceId) {
        Ec2Instance instance = world.live.get(instanceId);
        if (instance == null) {
            throw new NoSuchElementException("no instance " + instanceId);
        }
        if (!instance.isSpot()) {
            throw new IllegalArgumentException(instanceId + " is an on-demand instance");
        }
        return instance;
    }

    private long freeSpotCapacity(String owner) {
        return spotCapacity.getOrDefault(owner, Integer.MAX_VALUE)
                - holding(owner).count();
    }

    private Stream<Ec2Instance> holding(String owner) {
        return world.live.values().stream().filter(instance -> instance.holdsSpotCapacityOf(owner));
    }
}
