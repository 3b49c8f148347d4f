package dev.spillway.driver.launch;

import dev.spillway.common.ecs.StartedBy;
import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.TaskSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementConstraintType;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.PlacementStrategyType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/**
 * Writes RunTask requests. The same launch always gives the same request: RunTask compares the parameters of a client
 * token, so nothing here may depend on time, order of maps, or chance.
 */
final class RunTaskRequests {

    /** Full instances first, so that empty ones can be given back. */
    private static final List<PlacementStrategy> TIGHTLY = List.of(PlacementStrategy.builder()
            .type(PlacementStrategyType.BINPACK)
            .field("memory")
            .build());

    private final String cluster;
    private final TaskNetwork network;
    private final InstanceProviders providers;

    RunTaskRequests(String cluster, TaskNetwork network, InstanceProviders providers) {
        this.cluster = cluster;
        this.network = network;
        this.providers = providers;
    }

    RunTaskRequest of(Launch.OnEcs launch) {
        ContainerWork work = launch.work();
        RunTaskRequest.Builder request = RunTaskRequest.builder()
                .cluster(cluster)
                .taskDefinition(work.taskDefinition())
                .count(1)
                .startedBy(StartedBy.of(launch.taskId()))
                .clientToken(ClientToken.of(launch.taskId(), launch.number(), launch.capacityType()))
                .overrides(overrides(launch));
        if (!work.tags().isEmpty()) {
            request.tags(tags(work.tags()));
        }
        if (launch.definition().needsNetwork()) {
            request.networkConfiguration(networkConfiguration(launch.capacityType()));
        }
        return choosing(launch.capacityType(), work.placement(), request).build();
    }

    private RunTaskRequest.Builder choosing(
            CapacityType capacityType, Placement placement, RunTaskRequest.Builder request) {
        return switch (capacityType) {
            case FARGATE -> request.launchType(LaunchType.FARGATE);
            case FARGATE_SPOT -> request.capacityProviderStrategy(provider("FARGATE_SPOT"));
            case EC2, EC2_SPOT, EC2_ON_DEMAND ->
                providers.areThere()
                        ? placed(placement, List.of(), request)
                                .capacityProviderStrategy(provider(providers.of(capacityType)))
                        : placed(placement, ofCapacity(capacityType), request).launchType(LaunchType.EC2);
            case LAMBDA -> throw new IllegalArgumentException("LAMBDA is not launched on ECS");
        };
    }

    private static CapacityProviderStrategyItem provider(String name) {
        return CapacityProviderStrategyItem.builder()
                .capacityProvider(name)
                .weight(1)
                .build();
    }

    private static RunTaskRequest.Builder placed(
            Placement placement, List<PlacementConstraint> ofKind, RunTaskRequest.Builder request) {
        List<PlacementConstraint> constraints = new ArrayList<>(ofKind);
        placement.constraints().stream().map(RunTaskRequests::constraint).forEach(constraints::add);
        if (!constraints.isEmpty()) {
            request.placementConstraints(constraints);
        }
        List<PlacementStrategy> strategies =
                placement.strategies().stream().map(RunTaskRequests::strategy).toList();
        return request.placementStrategy(strategies.isEmpty() ? TIGHTLY : strategies);
    }

    /** Instances say what they are by an attribute that their user data sets. */
    private static List<PlacementConstraint> ofCapacity(CapacityType type) {
        return switch (type) {
            case EC2_SPOT -> List.of(memberOf("attribute:spillway.capacity == spot"));
            case EC2_ON_DEMAND -> List.of(memberOf("attribute:spillway.capacity == on-demand"));
            case EC2, FARGATE_SPOT, FARGATE, LAMBDA -> List.of();
        };
    }

    private static PlacementConstraint memberOf(String expression) {
        return PlacementConstraint.builder()
                .type(PlacementConstraintType.MEMBER_OF)
                .expression(expression)
                .build();
    }

    private static PlacementConstraint constraint(Placement.Constraint constraint) {
        return switch (constraint) {
            case Placement.Constraint.MemberOf m -> memberOf(m.expression());
            case Placement.Constraint.DistinctInstance d ->
                PlacementConstraint.builder()
                        .type(PlacementConstraintType.DISTINCT_INSTANCE)
                        .build();
        };
    }

    private static PlacementStrategy strategy(Placement.Strategy strategy) {
        PlacementStrategy.Builder builder =
                PlacementStrategy.builder().type(strategy.type().name().toLowerCase(Locale.ROOT));
        return (strategy.field().isEmpty() ? builder : builder.field(strategy.field())).build();
    }

    private static TaskOverride overrides(Launch.OnEcs launch) {
        ContainerWork work = launch.work();
        ContainerOverride.Builder container = ContainerOverride.builder()
                .name(launch.definition()
                        .target(work.container())
                        .map(TaskDefinitionFacts.Container::name)
                        .orElse(work.container()))
                .environment(environment(launch));
        if (work.command() != null) {
            container.command(work.command());
        }
        if (work.cpu() != null) {
            container.cpu(work.cpu());
        }
        if (work.memory() != null) {
            container.memory(work.memory());
        }
        TaskOverride.Builder task = TaskOverride.builder().containerOverrides(container.build());
        return atTaskLevel(launch, task).build();
    }

    /** The task-level size has to grow with its container; Fargate sells sizes in steps. */
    private static TaskOverride.Builder atTaskLevel(Launch.OnEcs launch, TaskOverride.Builder task) {
        boolean changed = launch.work().cpu() != null || launch.work().memory() != null;
        TaskSize size = launch.capacityType().isFargate()
                ? FargateSize.atLeast(launch.size()).orElse(launch.size())
                : launch.size();
        if (changed && (launch.capacityType().isFargate() || launch.definition().cpu() != null)) {
            task.cpu(Integer.toString(size.cpu()));
        }
        if (changed && (launch.capacityType().isFargate() || launch.definition().memory() != null)) {
            task.memory(Integer.toString(size.memory()));
        }
        return task;
    }

    private static List<KeyValuePair> environment(Launch.OnEcs launch) {
        Map<String, String> all = new TreeMap<>(launch.work().environment());
        all.put("SPILLWAY_TASK_ID", launch.taskId().value());
        all.put("SPILLWAY_ATTEMPT", Integer.toString(launch.attempt()));
        return all.entrySet().stream()
                .map(e -> KeyValuePair.builder()
                        .name(e.getKey())
                        .value(e.getValue())
                        .build())
                .toList();
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(e -> Tag.builder()
                                .key(e.getKey())
                                .value(e.getValue())
                                .build())
                        .toList();
    }

    /** ECS refuses a public address for tasks on container instances (API reference, AwsVpcConfiguration). */
    private NetworkConfiguration networkConfiguration(CapacityType capacityType) {
        AwsVpcConfiguration.Builder vpc = AwsVpcConfiguration.builder().subnets(network.subnets());
        if (!network.securityGroups().isEmpty()) {
            vpc.securityGroups(network.securityGroups());
        }
        if (capacityType.isFargate()) {
            vpc.assignPublicIp(network.assignPublicIp());
        }
        return NetworkConfiguration.builder().awsvpcConfiguration(vpc.build()).build();
    }
}
