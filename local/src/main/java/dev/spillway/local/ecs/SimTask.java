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

    final long sequence;
    final String arn;
    final String id;
    final ClusterState cluster;
    final Launch launch;
    final TaskNeeds needs;
    final @Nullable SimInstance instance;
    final String availabilityZone;
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
        this.instance = instance;
        this.availabilityZone = instance == null ? settings.region() + "a" : instance.availabilityZone();
        this.networkInterface = ids.uuid();
        this.createdAt = now;
        this.containers = launch.definition().containerDefinitions().stream()
                .map(definition -> new SimContainer(
                        settings.arn("ecs", "container/" + cluster.name() + "/" + id + "/" + ids.uuid()),
                        arn,
                        definition,
                        launch.sizes().cpu(definition)))
                .toList();
        this.status = hasOwnNetwork() ? Status.PROVISIONING : Status.PENDING;
    }

    /** Only a task with an interface of its own is provisioned and deprovisioned. */
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
        Task.Builder task = Task.builder()
                .taskArn(arn)
                .clusterArn(cluster.arn())
                .taskDefinitionArn(launch.definition().taskDefinitionArn())
                .availabilityZone(availabilityZone)
                .attributes(Attribute.builder()
                        .name("ecs.cpu-architecture")
                        .value(needs.architecture().isEmpty() ? "x86_64" : needs.architecture())
                        .build())
                .attachments(attachments())
                .connectivity(Connectivity.CONNECTED)
                .connectivityAt(createdAt)
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
        return instance == null
                ? onFargate(task).build()
                : task.launchType(LaunchType.EC2)
                        .containerInstanceArn(instance.arn())
                        .build();
    }

    private Task.Builder onFargate(Task.Builder task) {
        return task.launchType(LaunchType.FARGATE)
                .platformVersion("1.4.0")
                .platformFamily("Linux")
                // ECS names a provider only to those who asked for one.
                .capacityProviderName(launch.byStrategy() ? launch.target().name() : null);
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
