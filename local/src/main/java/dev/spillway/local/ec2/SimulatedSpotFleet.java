package dev.spillway.local.ec2;

import dev.spillway.local.ec2.LaunchOutcome.Launched;
import dev.spillway.local.ec2.SpotFleetSettings.WeightedType;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Spot Fleet request that keeps up its target (EC2 user guide, "Spot Fleet"). Its instances have no lifecycle hooks:
 * when the target falls they end at once, the newest first. Each minute it tries again what it could not launch, and publishes its metrics.
 * Spot capacity is set by its id, see {@link SimulatedEc2#spotAvailable(String, int)}. Safe for use by many threads.
 */
public final class SimulatedSpotFleet implements InstanceListener {

    /** Between two tries and between two data points. The tries' is not documented. */
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private enum Member {
        FULFILLED,
        TERMINATING
    }

    private final SimulatedEc2 ec2;
    private final Timeline timeline;
    private final MetricSink metrics;
    private final SpotFleetSettings settings;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Integer> weights = new LinkedHashMap<>();
    private int target;
    private int launched;

    /** A request that is active from now on. */
    public SimulatedSpotFleet(SimulatedEc2 ec2, Timeline timeline, MetricSink metrics, SpotFleetSettings settings) {
        this.ec2 = ec2;
        this.timeline = timeline;
        this.metrics = metrics;
        this.settings = settings;
        this.target = settings.targetCapacity();
        timeline.schedule(Duration.ZERO, this::maintain);
        timeline.schedule(MINUTE, this::tick);
    }

    /** {@code sfr-…} */
    public String id() {
        return settings.id();
    }

    /** Changes the target, as ModifySpotFleetRequest does. */
    public synchronized void targetCapacity(int units) {
        if (units < 0) {
            throw new IllegalArgumentException("a target capacity of " + units);
        }
        target = units;
        timeline.schedule(Duration.ZERO, this::shrink);
        timeline.schedule(Duration.ZERO, this::maintain);
    }

    /** Units that have been launched and have not ended. */
    public synchronized int fulfilledCapacity() {
        return units(Member.FULFILLED);
    }

    /** The ids of its instances. */
    public synchronized Set<String> instances() {
        return Set.copyOf(members.keySet());
    }

    private void tick() {
        maintain();
        publish();
        timeline.schedule(MINUTE, this::tick);
    }

    private synchronized void maintain() {
        boolean capacity = true;
        while (capacity && units(Member.FULFILLED) < target) {
            capacity = launch();
        }
    }

    /** Only a lower target ends instances: what the last launch was too heavy by stays. */
    private synchronized void shrink() {
        for (String id : List.copyOf(members.keySet()).reversed()) {
            boolean excess = units(Member.FULFILLED) - weights.getOrDefault(id, 0) >= target;
            if (excess && members.get(id) == Member.FULFILLED && ec2.terminate(id)) {
                members.put(id, Member.TERMINATING);
            }
        }
    }

    private boolean launch() {
        WeightedType type = settings.types().get(launched % settings.types().size());
        List<String> zones = settings.availabilityZones();
        LaunchRequest request = new LaunchRequest(
                settings.id(),
                type.instanceType(),
                CapacityKind.SPOT,
                zones.get(launched % zones.size()),
                settings.boot());
        LaunchOutcome outcome = ec2.launch(request, this);
        if (outcome instanceof Launched instance) {
            launched++;
            members.put(instance.instanceId(), Member.FULFILLED);
            weights.put(instance.instanceId(), type.weight());
        }
        return outcome instanceof Launched;
    }

    private int units(Member state) {
        return members.entrySet().stream()
                .filter(member -> member.getValue() == state)
                .mapToInt(member -> weights.getOrDefault(member.getKey(), 0))
                .sum();
    }

    /** Terminating is what ends because there is more than the target, not what EC2 takes back. */
    private void publish() {
        int wanted;
        int fulfilled;
        int terminating;
        synchronized (this) {
            wanted = target;
            fulfilled = units(Member.FULFILLED);
            terminating = units(Member.TERMINATING);
        }
        put("TargetCapacity", wanted);
        put("FulfilledCapacity", fulfilled);
        put("PendingCapacity", Math.max(0, wanted - fulfilled));
        put("TerminatingCapacity", terminating);
    }

    private void put(String name, int value) {
        metrics.put("AWS/EC2Spot", name, Map.of("FleetRequestId", settings.id()), value, timeline.now());
    }

    /** A launched instance is fulfilled capacity from the beginning. */
    @Override
    public void running(String instanceId) {}

    /** Without capacity rebalancing the request waits until the instance has ended. */
    @Override
    public void interruptionNotice(String instanceId) {}

    @Override
    public synchronized void gone(String instanceId) {
        members.remove(instanceId);
        weights.remove(instanceId);
        timeline.schedule(Duration.ZERO, this::maintain);
    }
}
