package dev.spillway.local.ecs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.Resource;
import software.amazon.awssdk.services.ecs.model.VersionInfo;

/** One container instance and what its tasks take from it. Guarded by the lock of its {@link EcsWorld}. */
final class SimInstance {

    /** SSH, Docker and the agent itself, which the agent registers as taken. */
    private static final Set<Integer> AGENT_PORTS = Set.of(22, 2375, 2376, 51678, 51679);

    /** The states that the simulation has. */
    enum Status {
        ACTIVE,
        DRAINING,
        INACTIVE
    }

    private final long sequence;
    private final String arn;
    private final String ec2InstanceId;
    private final InstanceType type;
    private final Map<String, String> attributes;
    private final Instant registeredAt;
    private final @Nullable String capacityProvider;
    private final Set<SimTask> tasks = new LinkedHashSet<>();
    private Status status = Status.ACTIVE;
    private boolean agentConnected = true;
    private long version = 1;
    private @Nullable InstanceView view;

    SimInstance(
            long sequence,
            String arn,
            String ec2InstanceId,
            InstanceType type,
            Map<String, String> attributes,
            Instant registeredAt,
            @Nullable String capacityProvider) {
        this.sequence = sequence;
        this.arn = arn;
        this.ec2InstanceId = ec2InstanceId;
        this.type = type;
        this.attributes = new HashMap<>(attributes);
        this.registeredAt = registeredAt;
        this.capacityProvider = capacityProvider;
    }

    /** The capacity provider of its Auto Scaling group; null if it has none. */
    @Nullable
    String capacityProvider() {
        return capacityProvider;
    }

    long sequence() {
        return sequence;
    }

    String arn() {
        return arn;
    }

    String ec2InstanceId() {
        return ec2InstanceId;
    }

    /** Sets an attribute, or replaces the one of that name. */
    void attribute(String name, String value) {
        attributes.put(name, value);
    }

    String availabilityZone() {
        return attributes.getOrDefault("ecs.availability-zone", "");
    }

    Status status() {
        return status;
    }

    boolean agentConnected() {
        return agentConnected;
    }

    List<SimTask> tasks() {
        return List.copyOf(tasks);
    }

    void status(Status changed) {
        status = changed;
        changed();
    }

    void agentConnected(boolean changed) {
        agentConnected = changed;
        changed();
    }

    void take(SimTask task) {
        tasks.add(task);
        changed();
    }

    void release(SimTask task) {
        tasks.remove(task);
        changed();
    }

    /** Something that placement or a description shows has changed. */
    void changed() {
        version++;
        view = null;
    }

    /** As placement sees it; kept until something changes, because every launch looks at every instance. */
    InstanceView view() {
        InstanceView current = view;
        if (current == null) {
            current = look();
            view = current;
        }
        return current;
    }

    private InstanceView look() {
        int cpu = type.cpu();
        int memory = type.memory();
        int interfaces = type.networkInterfaces() - 1;
        int gpus = type.gpus();
        Set<Integer> tcp = new HashSet<>(AGENT_PORTS);
        Set<Integer> udp = new HashSet<>();
        Map<String, Integer> groups = new HashMap<>();
        int running = 0;
        for (SimTask task : tasks) {
            cpu -= task.needs.cpu();
            memory -= task.needs.memory();
            interfaces -= task.needs.networkInterfaces();
            gpus -= task.needs.gpus();
            tcp.addAll(task.needs.tcpPorts());
            udp.addAll(task.needs.udpPorts());
            running += task.status == SimTask.Status.RUNNING ? 1 : 0;
            if (!task.toStop) {
                groups.merge(task.launch.group(), 1, Integer::sum);
            }
        }
        return new InstanceView(
                arn,
                ec2InstanceId,
                agentConnected,
                Map.copyOf(attributes),
                cpu,
                memory,
                interfaces,
                gpus,
                tcp,
                udp,
                running,
                groups,
                registeredAt);
    }

    /** The container instance as DescribeContainerInstances shows it. */
    ContainerInstance describe() {
        InstanceView now = view();
        return ContainerInstance.builder()
                .containerInstanceArn(arn)
                .capacityProviderName(capacityProvider)
                .ec2InstanceId(ec2InstanceId)
                .status(status.name())
                .agentConnected(agentConnected)
                .version(version)
                .versionInfo(VersionInfo.builder().agentVersion("0.0.0").build())
                .registeredAt(registeredAt)
                .registeredResources(resources(type.cpu(), type.memory(), AGENT_PORTS, Set.of(), type.gpus()))
                .remainingResources(resources(
                        now.freeCpu(), now.freeMemory(), now.usedTcpPorts(), now.usedUdpPorts(), now.freeGpus()))
                .runningTasksCount(now.runningTasks())
                .pendingTasksCount(Math.toIntExact(tasks.stream()
                        .filter(task -> task.status.compareTo(SimTask.Status.RUNNING) < 0)
                        .count()))
                .attributes(attributes.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> Attribute.builder()
                                .name(entry.getKey())
                                .value(entry.getValue())
                                .build())
                        .toList())
                .build();
    }

    private static List<Resource> resources(
            int cpu, int memory, Collection<Integer> tcpPorts, Collection<Integer> udpPorts, int gpus) {
        List<Resource> resources = new ArrayList<>(List.of(
                integer("CPU", cpu),
                integer("MEMORY", memory),
                strings("PORTS", tcpPorts.stream().sorted().map(String::valueOf)),
                strings("PORTS_UDP", udpPorts.stream().sorted().map(String::valueOf))));
        if (gpus > 0) {
            resources.add(strings("GPU", IntStream.range(0, gpus).mapToObj(gpu -> "GPU-" + gpu)));
        }
        return resources;
    }

    private static Resource integer(String name, int value) {
        return Resource.builder()
                .name(name)
                .type("INTEGER")
                .doubleValue(0.0)
                .longValue(0L)
                .integerValue(value)
                .build();
    }

    private static Resource strings(String name, Stream<String> values) {
        return Resource.builder()
                .name(name)
                .type("STRINGSET")
                .doubleValue(0.0)
                .longValue(0L)
                .integerValue(0)
                .stringSetValue(values.toList())
                .build();
    }
}
