package dev.spillway.local.ecs;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/** What RunTask accepts (ECS API reference, RunTask), and what it means. */
final class RunTaskRules {

    static final int MAX_COUNT = 10;
    static final int MAX_OVERRIDE_CHARACTERS = 8_192;
    static final int MAX_TAGS = 50;

    private static final Pattern STARTED_BY = Pattern.compile("[A-Za-z0-9/_-]{1,128}");

    private static final Set<String> KNOWN = Set.of(
            "capacityProviderStrategy",
            "cluster",
            "count",
            "group",
            "launchType",
            "networkConfiguration",
            "overrides",
            "placementConstraints",
            "placementStrategy",
            "startedBy",
            "tags",
            "taskDefinition",
            "clientToken");
    private static final Set<String> KNOWN_IN_OVERRIDES = Set.of("containerOverrides", "cpu", "memory");
    private static final Set<String> KNOWN_IN_CONTAINER_OVERRIDES =
            Set.of("name", "command", "environment", "cpu", "memory", "memoryReservation", "resourceRequirements");

    private RunTaskRules() {}

    /**
     * Checks a request.
     *
     * @param ofGroups the names of all capacity providers of Auto Scaling groups
     * @throws software.amazon.awssdk.services.ecs.model.EcsException in ECS's words when ECS refuses it
     * @throws UnsupportedOperationException when only the simulation cannot
     */
    static Launch check(RunTaskRequest request, TaskDefinitions definitions, Set<String> ofGroups) {
        KnownFields.require(request, "RunTask", KNOWN);
        TaskOverride override = Optional.ofNullable(request.overrides())
                .orElse(TaskOverride.builder().build());
        checkLimits(request, override);
        int count = request.count() == null ? 1 : request.count();
        List<Launch.Destination> destinations = CapacityStrategy.destinations(request, count, ofGroups);
        boolean fargate = destinations.getFirst().target().isFargate();
        if (request.taskDefinition() == null) {
            throw EcsErrors.invalidParameter("TaskDefinition can not be blank.");
        }
        TaskDefinition definition = definitions
                .find(request.taskDefinition())
                .orElseThrow(() -> EcsErrors.client("TaskDefinition not found."));
        checkOverrides(override, definition);
        TaskSizes sizes = new TaskSizes(definition, override);
        checkSizes(fargate, definition, sizes);
        checkPlacementFields(request, fargate);
        return new Launch(
                definition,
                override,
                sizes,
                destinations,
                request.group() == null ? "family:" + definition.family() : request.group(),
                request.startedBy(),
                request.tags(),
                request.placementConstraints().stream()
                        .map(RunTaskRules::constraint)
                        .toList(),
                request.placementStrategy().stream().map(RunTaskRules::strategy).toList(),
                subnet(request.networkConfiguration(), definition),
                request.clientToken());
    }

    private static void checkLimits(RunTaskRequest request, TaskOverride override) {
        Integer count = request.count();
        if (count != null && (count < 1 || count > MAX_COUNT)) {
            throw EcsErrors.invalidParameter("count must be between 1 and " + MAX_COUNT + ".");
        }
        if (request.startedBy() != null
                && !STARTED_BY.matcher(request.startedBy()).matches()) {
            throw EcsErrors.invalidParameter("startedBy must be at most 128 letters (uppercase and lowercase), numbers,"
                    + " hyphens, forward slashes and underscores.");
        }
        if (request.tags().size() > MAX_TAGS) {
            throw EcsErrors.invalidParameter("The maximum number of tags that can be applied is " + MAX_TAGS + ".");
        }
        if (SdkJson.write(override).toString().length() > MAX_OVERRIDE_CHARACTERS) {
            throw EcsErrors.invalidParameter(
                    "Overrides can be at most " + MAX_OVERRIDE_CHARACTERS + " characters as JSON.");
        }
    }

    private static void checkOverrides(TaskOverride override, TaskDefinition definition) {
        KnownFields.require(override, "overrides", KNOWN_IN_OVERRIDES);
        Set<String> names =
                new HashSet<>(new TaskSizes(definition, TaskOverride.builder().build()).containerNames());
        for (ContainerOverride container : override.containerOverrides()) {
            KnownFields.require(container, "containerOverrides", KNOWN_IN_CONTAINER_OVERRIDES);
            if (!names.contains(container.name())) {
                throw EcsErrors.invalidParameter("Override for container named " + container.name()
                        + " is not a container in the TaskDefinition.");
            }
        }
    }

    private static void checkSizes(boolean fargate, TaskDefinition definition, TaskSizes sizes) {
        if (fargate) {
            if (!definition.compatibilities().contains(Compatibility.FARGATE)) {
                throw EcsErrors.invalidParameter("Task definition does not support launch_type FARGATE.");
            }
            if (!FargateSizes.has(sizes.cpu(), sizes.memory())) {
                throw EcsErrors.client("No Fargate configuration exists for given values.");
            }
        }
        int containers =
                definition.containerDefinitions().stream().mapToInt(sizes::cpu).sum();
        if (sizes.taskCpu().isPresent() && containers > sizes.taskCpu().getAsInt()) {
            throw EcsErrors.client("The total amount of CPU reserved for all containers within a task (" + containers
                    + ") must be lower than the task-level CPU (" + sizes.cpu() + ").");
        }
        definition.containerDefinitions().forEach(container -> {
            if (sizes.taskMemory().isPresent()
                    && sizes.memoryLimit(container) > sizes.taskMemory().getAsInt()) {
                throw EcsErrors.client("Invalid setting for container '" + container.name()
                        + "'. The memory of a container must be lower than the task-level memory.");
            }
        });
    }

    private static void checkPlacementFields(RunTaskRequest request, boolean fargate) {
        if (fargate && !request.placementConstraints().isEmpty()) {
            throw EcsErrors.invalidParameter("Placement constraints are not supported with FARGATE launch type.");
        }
        if (fargate && !request.placementStrategy().isEmpty()) {
            throw EcsErrors.invalidParameter("Placement strategies are not supported with FARGATE launch type.");
        }
    }

    private static Constraint constraint(PlacementConstraint constraint) {
        String type = Optional.ofNullable(constraint.typeAsString()).orElse("");
        return switch (type) {
            case "distinctInstance" -> new Constraint.DistinctInstance();
            case "memberOf" -> new Constraint.MemberOf(query(constraint.expression()));
            default -> throw EcsErrors.invalidParameter("Invalid placement constraint type: " + type);
        };
    }

    /** Reads an expression; what cannot be read is an InvalidParameterException. */
    static ClusterQuery query(@Nullable String expression) {
        if (expression == null) {
            throw EcsErrors.invalidParameter("A memberOf placement constraint needs an expression.");
        }
        try {
            return ClusterQueryParser.parse(expression);
        } catch (IllegalArgumentException e) {
            throw EcsErrors.invalidParameter("Invalid expression: " + e.getMessage());
        }
    }

    private static Strategy strategy(PlacementStrategy strategy) {
        String field = Optional.ofNullable(strategy.field()).orElse("");
        String type = Optional.ofNullable(strategy.typeAsString()).orElse("");
        return switch (type) {
            case "random" -> new Strategy.AnyInstance();
            case "spread" -> {
                if (field.equals("instanceId") || field.equals("host")) {
                    yield new Strategy.SpreadByInstance();
                }
                if (!field.startsWith("attribute:")) {
                    throw EcsErrors.invalidParameter("Invalid field for placement strategy spread: " + field);
                }
                yield new Strategy.SpreadByAttribute(field.substring("attribute:".length()));
            }
            case "binpack" ->
                switch (field) {
                    case "cpu", "CPU" -> new Strategy.BinpackByCpu();
                    case "memory", "MEMORY" -> new Strategy.BinpackByMemory();
                    default ->
                        throw EcsErrors.invalidParameter("Invalid field for placement strategy binpack: " + field);
                };
            default -> throw EcsErrors.invalidParameter("Invalid placement strategy type: " + type);
        };
    }

    private static @Nullable String subnet(@Nullable NetworkConfiguration network, TaskDefinition definition) {
        boolean awsvpc = definition.networkMode() == NetworkMode.AWSVPC;
        AwsVpcConfiguration vpc = network == null ? null : network.awsvpcConfiguration();
        if (awsvpc && (vpc == null || vpc.subnets().isEmpty())) {
            throw EcsErrors.invalidParameter(
                    "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        }
        if (!awsvpc && network != null) {
            throw EcsErrors.invalidParameter(
                    "Network Configuration is not valid for the given networkMode of this task definition.");
        }
        return vpc == null ? null : vpc.subnets().getFirst();
    }
}
