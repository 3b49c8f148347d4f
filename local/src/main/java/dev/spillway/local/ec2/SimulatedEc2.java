package dev.spillway.local.ec2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.ec2.LaunchOutcome.Launched;
import dev.spillway.local.ec2.LaunchOutcome.NoCapacity;
import dev.spillway.local.ecs.EventSink;
import dev.spillway.local.ecs.Ids;
import dev.spillway.local.eventbridge.Envelope;
import dev.spillway.local.service.StateLock;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The instances of a simulated account of Amazon EC2. Launching and ending them is for what owns them (an Auto Scaling
 * group, a Spot Fleet request); what happens to them is for tests and scenarios. Safe for use by many threads. Its lock
 * is taken while owners hold theirs, and it takes that of the {@link InstanceHost}, never the other way around.
 */
public final class SimulatedEc2 {

    /** Beside the ids of a simulated ECS of the same seed, which would be the same digits. */
    private static final long SEED_OF_IDS = 0xEC2;

    private final Ec2Settings settings;
    private final Timeline timeline;
    private final InstanceHost host;
    private final EventSink sink;
    private final Ids ids;
    private final Random random;
    private final Ec2Events events;
    private final List<Ec2Instance> all = new ArrayList<>();
    private final Map<String, Ec2Instance> live = new LinkedHashMap<>();
    private final Map<String, Integer> spotCapacity = new HashMap<>();
    private final Map<String, Integer> neverJoin = new HashMap<>();
    private final StateLock lock = new StateLock();

    /**
     * An account without instances, and with Spot capacity for everybody.
     *
     * @param settings Region, account and times
     * @param timeline what all of it happens on
     * @param host what instances join
     * @param sink gets every event
     */
    public SimulatedEc2(Ec2Settings settings, Timeline timeline, InstanceHost host, EventSink sink) {
        this.settings = settings;
        this.timeline = timeline;
        this.host = host;
        this.sink = sink;
        this.ids = new Ids(settings.seed() ^ SEED_OF_IDS);
        this.random = new Random(settings.seed());
        this.events = new Ec2Events(new Envelope(settings.region(), settings.account()), ids);
    }

    public Ec2Settings settings() {
        return settings;
    }

    // What owners do.

    /**
     * Launches an instance, if there is capacity.
     *
     * @param listener hears of it from now on
     */
    public LaunchOutcome launch(LaunchRequest request, InstanceListener listener) {
        return lock.holding(() -> {
            String owner = request.owner();
            if (request.kind() == CapacityKind.SPOT && freeSpotCapacity(owner) < 1) {
                return new NoCapacity(
                        "InsufficientInstanceCapacity",
                        "There is no Spot capacity available that matches your request.");
            }
            Ec2Instance instance = new Ec2Instance(ids.ec2Instance(), request, listener, joins(owner), now());
            all.add(instance);
            live.put(instance.id, instance);
            timeline.schedule(request.boot().running(), () -> boot(instance));
            return new Launched(instance.id);
        });
    }

    private boolean joins(String owner) {
        int left = neverJoin.getOrDefault(owner, 0);
        neverJoin.put(owner, Math.max(0, left - 1));
        return left == 0;
    }

    private void boot(Ec2Instance instance) {
        boolean boots = lock.holding(() -> {
            boolean pending = instance.state == Ec2Instance.State.PENDING;
            instance.state = pending ? Ec2Instance.State.RUNNING : instance.state;
            return pending;
        });
        if (boots) {
            instance.listener.running(instance.id);
            BootTimes times = instance.request.boot();
            timeline.schedule(times.joined().minus(times.running()), () -> join(instance));
        }
    }

    private void join(Ec2Instance instance) {
        lock.holding(() -> {
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

    /**
     * Shuts an instance down; its listener hears when it is gone. Harmless when it shuts down already.
     *
     * @return false if it is gone already, so that nothing more will be heard
     */
    public boolean terminate(String instanceId) {
        return lock.holding(() -> {
            Ec2Instance instance = live.get(instanceId);
            if (instance == null) {
                return false;
            }
            if (instance.isUp()) {
                end(instance, Ec2Instance.State.SHUTTING_DOWN);
                timeline.schedule(settings.shutdown(), () -> forget(instance));
            }
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
        lock.holding(() -> {
            spotCapacity.put(owner, instances);
            List<Ec2Instance> held = new ArrayList<>(holding(owner).toList());
            Collections.shuffle(held, random);
            held.stream().limit(Math.max(0, held.size() - (long) instances)).forEach(this::interrupt);
        });
    }

    /**
     * EC2 takes a Spot Instance back: sends the interruption warning now, and terminates it after
     * {@link Ec2Settings#spotNotice}. Harmless when it has been told already, or shuts down.
     *
     * @throws IllegalArgumentException if it is an on-demand instance
     */
    public void interrupt(String instanceId) {
        lock.holding(() -> interrupt(spot(instanceId)));
    }

    private void interrupt(Ec2Instance instance) {
        if (instance.interrupted || !instance.isUp()) {
            return;
        }
        instance.interrupted = true;
        publish(events.interruptionWarning(instance, now()));
        timeline.schedule(Duration.ZERO, () -> instance.listener.interruptionNotice(instance.id));
        timeline.schedule(settings.spotNotice(), () -> lose(instance));
    }

    /**
     * EC2 says that a Spot Instance is at elevated risk of interruption; nothing else happens to it.
     *
     * @throws UnsupportedOperationException if its owner would replace it, which is not simulated
     */
    public void recommendRebalance(String instanceId) {
        Ec2Instance instance = lock.holding(() -> spot(instanceId));
        instance.listener.rebalanceRecommendation(instanceId);
        lock.holding(() -> publish(events.rebalanceRecommendation(instance, now())));
    }

    /** An instance is gone without a word. Harmless when it is gone already. */
    public void lose(String instanceId) {
        Ec2Instance instance = lock.holding(() -> live.get(instanceId));
        if (instance != null) {
            lose(instance);
        }
    }

    /** The next instances that an owner launches boot and run, and never join anything. */
    public void nextNeverJoin(String owner, int instances) {
        lock.holding(() -> neverJoin.put(owner, instances));
    }

    /** Every instance there ever was, in the order of their launches. */
    public List<InstanceUse> instanceUse() {
        return lock.holding(
                () -> all.stream().map(instance -> instance.use(now())).toList());
    }

    private void lose(Ec2Instance instance) {
        boolean lost = lock.holding(() -> {
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
        instance.endedAt = now();
        if (instance.joined) {
            host.gone(instance.id);
        }
    }

    private void forget(Ec2Instance instance) {
        lock.holding(() -> {
            instance.state = Ec2Instance.State.TERMINATED;
            live.remove(instance.id);
        });
        timeline.schedule(Duration.ZERO, () -> instance.listener.gone(instance.id));
    }

    private Ec2Instance spot(String instanceId) {
        Ec2Instance instance = live.get(instanceId);
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
        return live.values().stream().filter(instance -> instance.holdsSpotCapacityOf(owner));
    }

    private void publish(ObjectNode event) {
        timeline.schedule(Duration.ZERO, () -> sink.put(event));
    }

    private Instant now() {
        return timeline.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
