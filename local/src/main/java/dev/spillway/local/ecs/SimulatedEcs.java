package dev.spillway.local.ecs;

import dev.spillway.local.runtime.ContainerRuntime;
import dev.spillway.local.time.Timeline;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * A simulated account of Amazon ECS with its EC2 instances and Fargate. What a product may do goes through
 * {@link #client()}; what the world does to it (instances that come, go, or fall silent) is here. Safe for use by many
 * threads.
 */
public final class SimulatedEcs {

    private final EcsWorld world;
    private final TaskLifecycle lifecycle;
    private final EcsClient client;
    private final ManagedCapacity managedCapacity;

    /** Container instances that have an owner; guarded by the world's lock. */
    private final Set<String> launchedElsewhere = new HashSet<>();

    /**
     * An empty account.
     *
     * @param settings Region, account, times and quotas
     * @param timeline what all of it happens on
     * @param runtime runs the containers; stays the caller's to close
     * @param sink gets every event, in any order under real time, from many threads
     */
    public SimulatedEcs(EcsSettings settings, Timeline timeline, ContainerRuntime runtime, EventSink sink) {
        this.world = new EcsWorld(settings, timeline, runtime, sink);
        this.lifecycle = new TaskLifecycle(world);
        this.client = new SimulatedEcsClient(world, lifecycle);
        this.managedCapacity = new ManagedCapacity(world);
    }

    /** The account as the AWS SDK shows it. */
    public EcsClient client() {
        return client;
    }

    /** Capacity providers of Auto Scaling groups, and what scales and drains those groups. */
    public ManagedCapacity managedCapacity() {
        return managedCapacity;
    }

    /**
     * Makes a cluster, or finds the one of that name.
     *
     * @param capacityProviders what it is associated with: {@code FARGATE}, {@code FARGATE_SPOT}, and those of Auto Scaling
     *     groups, which may be made later
     * @return its ARN
     */
    public String createCluster(String name, String... capacityProviders) {
        return world.lock.holding(() -> world.clusters
                .computeIfAbsent(
                        name,
                        missing -> new ClusterState(
                                name, world.settings.arn("ecs", "cluster/" + name), Set.of(capacityProviders)))
                .arn());
    }

    /** Registers the next revision of a family; see {@link TaskDefinitionFile} for one from a file. */
    public TaskDefinition registerTaskDefinition(RegisterTaskDefinitionRequest request) {
        return world.definitions.register(request, world.now());
    }

    /**
     * An EC2 instance has booted and registered with a cluster.
     *
     * @param cluster name or ARN
     * @param type one of {@link InstanceTypes}
     * @param capacity the attribute {@code spillway.capacity}: {@code spot} or {@code on-demand}
     * @param availabilityZone for example {@code us-east-1a}
     * @param attributes more attributes, as user data may set them
     * @return the container instance's ARN
     */
    public String addInstance(
            String cluster, String type, String capacity, String availabilityZone, Map<String, String> attributes) {
        return world.lock.holding(
                () -> add(cluster, type, capacity, availabilityZone, attributes, world.ids::ec2Instance, ""));
    }

    /**
     * An instance that somebody else launched, a simulated EC2, has registered with a cluster. Whoever launched it also
     * says when it goes: see {@link #interrupt}.
     *
     * @param ec2InstanceId {@code i-…}
     * @param owner the Auto Scaling group or Spot Fleet request that it belongs to; a group's capacity provider is the
     *     instance's
     * @return the container instance's ARN
     */
    public String addLaunchedInstance(
            String cluster,
            String type,
            String capacity,
            String availabilityZone,
            Map<String, String> attributes,
            String ec2InstanceId,
            String owner) {
        return world.lock.holding(() -> {
            String arn = add(cluster, type, capacity, availabilityZone, attributes, () -> ec2InstanceId, owner);
            launchedElsewhere.add(arn);
            return arn;
        });
    }

    private String add(
            String cluster,
            String type,
            String capacity,
            String availabilityZone,
            Map<String, String> attributes,
            Supplier<String> ec2InstanceId,
            String owner) {
        InstanceType instanceType = InstanceTypes.named(type);
        Map<String, String> all = new HashMap<>(attributes);
        all.put("spillway.capacity", capacity);
        all.put("ecs.instance-type", type);
        all.put("ecs.availability-zone", availabilityZone);
        all.put("ecs.os-type", "linux");
        all.put("ecs.cpu-architecture", instanceType.architecture());
        ClusterState state = world.cluster(cluster);
        SimInstance instance = new SimInstance(
                world.nextSequence(),
                world.settings.arn("ecs", "container-instance/" + state.name() + "/" + world.ids.resource()),
                ec2InstanceId.get(),
                instanceType,
                all,
                world.now(),
                state.providerOf(owner, world.capacityProviders.values())
                        .map(CapacityProvider::name)
                        .orElse(null));
        state.add(instance);
        world.publish(instance, state);
        lifecycle.capacityChanged(state);
        return instance.arn();
    }

    /** All container instances of a cluster, ACTIVE and DRAINING. */
    public List<ContainerInstance> instances(String cluster) {
        return world.lock.holding(() -> world.cluster(cluster).instances().stream()
                .map(SimInstance::describe)
                .toList());
    }

    /**
     * EC2 takes a Spot Instance back: sends the interruption warning now, and terminates it after {@link
     * EcsSettings#spotNotice}.
     *
     * @param containerInstanceArn which
     * @throws IllegalStateException if a simulated EC2 launched it: that one must take it back, or there would be two
     *     warnings, and its Auto Scaling group would never know
     */
    public void interrupt(String containerInstanceArn) {
        world.lock.holding(() -> {
            if (launchedElsewhere.contains(containerInstanceArn)) {
                throw new IllegalStateException(
                        containerInstanceArn + " was launched by a simulated EC2, which alone can take it back");
            }
            world.publishInterruption(found(containerInstanceArn).instance());
        });
        world.timeline.schedule(world.settings.spotNotice(), () -> terminate(containerInstanceArn));
    }

    /**
     * The EC2 instance is gone without a word; its tasks stop with it. Harmless when it is gone already.
     *
     * @param containerInstanceArn which
     */
    public void terminate(String containerInstanceArn) {
        world.lock.holding(() -> find(containerInstanceArn).ifPresent(this::terminate));
    }

    private void terminate(Member gone) {
        SimInstance instance = gone.instance();
        instance.status(SimInstance.Status.INACTIVE);
        instance.agentConnected(false);
        gone.cluster().remove(instance);
        launchedElsewhere.remove(instance.arn());
        String reason = "Host EC2 (instance " + instance.ec2InstanceId() + ") terminated.";
        instance.tasks().forEach(task -> lifecycle.hostLost(task, TaskStopCode.TERMINATION_NOTICE, reason));
        world.publish(instance, gone.cluster());
    }

    /** The instance's agent falls silent: no task is placed there until it is {@link #connectAgent connected} again. */
    public void disconnectAgent(String containerInstanceArn) {
        agentConnected(containerInstanceArn, false);
    }

    /** The instance's agent answers again. */
    public void connectAgent(String containerInstanceArn) {
        agentConnected(containerInstanceArn, true);
    }

    private void agentConnected(String containerInstanceArn, boolean connected) {
        world.lock.holding(() -> {
            Member member = found(containerInstanceArn);
            member.instance().agentConnected(connected);
            world.publish(member.instance(), member.cluster());
            lifecycle.capacityChanged(member.cluster());
        });
    }

    /**
     * Says whether Fargate has machines.
     *
     * @param provider {@code FARGATE} or {@code FARGATE_SPOT}
     * @param available false: launches are refused with "Capacity is unavailable at this time…"
     */
    public void fargateAvailable(String provider, boolean available) {
        Launch.Target target = Launch.Target.valueOf(provider);
        world.lock.holding(() -> {
            if (available) {
                world.fargateUnavailable.remove(target);
            } else {
                world.fargateUnavailable.add(target);
            }
        });
    }

    /**
     * From now on tasks on Fargate are accepted and then stop before they have containers: {@code TaskFailedToStart}
     * with an empty containers list.
     *
     * @param reason the tasks' {@code stoppedReason}; empty ends it
     */
    public void failFargateProvisioning(Optional<String> reason) {
        world.lock.holding(() -> world.provisioningFailure = reason.orElse(null));
    }

    /** Fargate takes back a Spot task: it is asked to stop, with stop code SpotInterruption. */
    public void interruptFargateSpotTask(String cluster, String taskArn) {
        world.lock.holding(() -> world.cluster(cluster)
                .task(taskArn, world.now())
                .ifPresent(task ->
                        lifecycle.stop(task, TaskStopCode.SPOT_INTERRUPTION, "Your Spot Task was interrupted.")));
    }

    private record Member(ClusterState cluster, SimInstance instance) {}

    private Member found(String containerInstanceArn) {
        return find(containerInstanceArn)
                .orElseThrow(() -> new NoSuchElementException("no container instance " + containerInstanceArn));
    }

    private Optional<Member> find(String containerInstanceArn) {
        return world.clusters.values().stream()
                .flatMap(cluster ->
                        cluster.instance(containerInstanceArn).stream().map(instance -> new Member(cluster, instance)))
                .findFirst();
    }
}
