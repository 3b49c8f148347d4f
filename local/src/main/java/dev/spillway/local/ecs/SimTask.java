package dev.spillway.local.ecs;

import dev.spillway.local.runtime.ContainerRun;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.Connectivity;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** One task, from RunTask until one hour after its end. Guarded by the lock of its {@link EcsWorld}. */
final class SimTask {

    private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(30);

    /** The {@code lastStatus} values that the simulation goes through, in their order. */
    enum Status {
        PROVISIONING,
        PENDING,
        RUNNING,
        DEPROVISIONING,
        STOPPED
    }

    private final String region;
    final long sequence;
    final String arn;
    final String id;
    final ClusterState cluster;
    final Launch launch;
    final TaskNeeds needs;
    final Launch.Destination destination;
    final String networkInterface;
    final Instant createdAt;
    final List<SimContainer> containers;

    Status status;
    boolean toStop;
    /** The containers were handed to the runtime; from here on only their ends end the task. */
    boolean launching;

    boolean launched;
    boolean withoutContainers;
    long version = 1;

    private @Nullable SimInstance instance;
    private @Nullable Instant placedAt;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant stoppingAt;

    @Nullable
    Instant stoppedAt;

    @Nullable
    TaskStopCode stopCode;

    @Nullable
    String stoppedReason;

    SimTask(
            long sequence,
            String id,
            ClusterState cluster,
            Launch launch,
            Launch.Destination destination,
            @Nullable SimInstance instance,
            EcsSettings settings,
            Ids ids,
            Instant now) {
        this.sequence = sequence;
        this.id = id;
        this.arn = settings.arn("ecs", "task/" + cluster.name() + "/" + id);
        this.cluster = cluster;
        this.launch = launch;
        this.needs = launch.sizes().needs();
        this.destination = destination;
        this.instance = instance;
        this.region = settings.region();
        this.networkInterface = ids.uuid();
        this.createdAt = now;
        this.containers = launch.definition().containerDefinitions().stream()
                .map(definition -> new SimContainer(
                        settings.arn("ecs", "container/" + cluster.name() + "/" + id + "/" + ids.uuid()),
                        arn,
                        definition,
                        launch.sizes().cpu(definition)))
                .toList();
        this.placedAt = isFargate() || instance != null ? now : null;
        this.status = hasOwnNetwork() || placedAt == null ? Status.PROVISIONING : Status.PENDING;
    }

    boolean isFargate() {
        return destination.target().isFargate();
    }

    /** The container instance; null on Fargate, and for as long as there is no room for it. */
    @Nullable
    SimInstance instance() {
        return instance;
    }

    /** It waited for an instance, and has got one. */
    void placeOn(SimInstance found, Instant now) {
        instance = found;
        placedAt = now;
    }

    /** Only a task with an interface of its own is deprovisioned; it is provisioned too, as one is that waits for room. */
    boolean hasOwnNetwork() {
        return launch.definition().networkMode() == NetworkMode.AWSVPC;
    }

    boolean isStopped() {
        return status == Status.STOPPED;
    }

    ContainerRun run(ContainerDefinition definition) {
        ContainerOverride override = launch.override().containerOverrides().stream()
                .filter(candidate -> definition.name().equals(candidate.name()))
                .findFirst()
                .orElse(ContainerOverride.builder().build());
        Map<String, String> environment = new LinkedHashMap<>();
        for (KeyValuePair variable : definition.environment()) {
            environment.put(variable.name(), variable.value());
        }
        for (KeyValuePair variable : override.environment()) {
            environment.put(variable.name(), variable.value());
        }
        return new ContainerRun(
                id,
                arn,
                definition.name(),
                definition.image(),
                definition.entryPoint(),
                override.hasCommand() ? override.command() : definition.command(),
                environment,
                launch.sizes().cpu(definition),
                launch.sizes().memoryLimit(definition),
                definition.stopTimeout() == null ? DEFAULT_STOP_TIMEOUT : Duration.ofSeconds(definition.stopTimeout()));
    }

    /** The task as DescribeTasks shows it. */
    Task describe() {
        SimInstance host = instance;
        Task.Builder task = Task.builder()
                .taskArn(arn)
                .clusterArn(cluster.arn())
                .taskDefinitionArn(launch.definition().taskDefinitionArn())
                .attributes(Attribute.builder()
                        .name("ecs.cpu-architecture")
                        .value(needs.architecture().isEmpty() ? "x86_64" : needs.architecture())
                        .build())
                .attachments(attachments())
                .connectivity(placedAt == null ? null : Connectivity.CONNECTED)
                .connectivityAt(placedAt)
                // ECS names a provider only to those who asked for one.
                .capacityProviderName(destination.capacityProvider())
                .containers(
                        withoutContainers
                                ? List.of()
                                : containers.stream()
                                        .map(SimContainer::describe)
                                        .toList())
                .cpu(Integer.toString(needs.cpu()))
                .memory(Integer.toString(needs.memory()))
                .createdAt(createdAt)
                .desiredStatus(toStop ? "STOPPED" : "RUNNING")
                .lastStatus(status.name())
                .enableExecuteCommand(false)
                .group(launch.group())
                .startedBy(launch.startedBy())
                .overrides(launch.override())
                .tags(launch.tags())
                .startedAt(startedAt)
                .pullStartedAt(startedAt)
                .pullStoppedAt(startedAt)
                .stoppingAt(stoppingAt)
                .executionStoppedAt(startedAt == null ? null : stoppedAt)
                .stoppedAt(stoppedAt)
                .stopCode(stopCode)
                .stoppedReason(stoppedReason)
                .version(version);
        if (isFargate()) {
            return task.launchType(LaunchType.FARGATE)
                    .availabilityZone(region + "a")
                    .platformVersion("1.4.0")
                    .platformFamily("Linux")
                    .build();
        }
        return task.launchType(LaunchType.EC2)
                .containerInstanceArn(host == null ? null : host.arn())
                .availabilityZone(host == null ? null : host.availabilityZone())
                .build();
    }

    private List<Attachment> attachments() {
        if (!hasOwnNetwork()) {
            return List.of();
        }
        String state = switch (status) {
            case PROVISIONING -> "PRECREATED";
            case PENDING, RUNNING -> "ATTACHED";
            case DEPROVISIONING, STOPPED -> "DELETED";
        };
        return List.of(Attachment.builder()
                .id(networkInterface)
                .type("ElasticNetworkInterface")
                .status(state)
                .details(detail -> detail.name("subnetId").value(launch.subnet()))
                .build());
    }
}
