package dev.spillway.local.ecs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.ResourceRequirement;

/**
 * What ECS accepts as a task definition, and where it can run (ECS developer guide, "Amazon ECS task definition
 * parameters" and "differences for Fargate").
 */
final class TaskDefinitionRules {

    private static final Pattern FAMILY = Pattern.compile("[A-Za-z0-9_-]{1,255}");

    private static final Set<String> KNOWN = Set.of(
            "family",
            "taskRoleArn",
            "executionRoleArn",
            "networkMode",
            "containerDefinitions",
            "requiresCompatibilities",
            "cpu",
            "memory",
            "tags",
            "runtimePlatform",
            "ephemeralStorage");

    /**
     * The fields that are simulated, and those whose effect lies inside the container. Dependencies, volumes, secrets
     * and health checks change what runs and when, and are refused.
     */
    private static final Set<String> KNOWN_IN_CONTAINER = Set.of(
            "name",
            "image",
            "cpu",
            "memory",
            "memoryReservation",
            "portMappings",
            "essential",
            "entryPoint",
            "command",
            "environment",
            "stopTimeout",
            "resourceRequirements",
            "privileged",
            "logConfiguration",
            "dockerLabels",
            "user",
            "readonlyRootFilesystem",
            "ulimits");

    private TaskDefinitionRules() {}

    /**
     * Checks a definition and says where it can run: EC2 always, and Fargate.
     *
     * @throws software.amazon.awssdk.services.ecs.model.ClientException in ECS's words when ECS refuses it
     * @throws UnsupportedOperationException when only the simulation cannot
     */
    static List<Compatibility> check(RegisterTaskDefinitionRequest request) {
        KnownFields.require(request, "RegisterTaskDefinition", KNOWN);
        request.containerDefinitions()
                .forEach(container -> KnownFields.require(container, "containerDefinitions", KNOWN_IN_CONTAINER));
        if (request.family() == null || !FAMILY.matcher(request.family()).matches()) {
            throw EcsErrors.client("Family contains invalid characters.");
        }
        checkContainers(request);
        List<String> obstacles = fargateObstacles(request);
        if (request.requiresCompatibilities().contains(Compatibility.FARGATE) && !obstacles.isEmpty()) {
            throw EcsErrors.client(obstacles.getFirst());
        }
        return obstacles.isEmpty() ? List.of(Compatibility.EC2, Compatibility.FARGATE) : List.of(Compatibility.EC2);
    }

    private static void checkContainers(RegisterTaskDefinitionRequest request) {
        if (request.containerDefinitions().isEmpty()) {
            throw EcsErrors.client("Container list cannot be empty.");
        }
        Set<String> names = new HashSet<>();
        for (ContainerDefinition container : request.containerDefinitions()) {
            if (container.name() == null || container.image() == null) {
                throw EcsErrors.client("Container.name and Container.image should not be null or empty.");
            }
            if (!names.add(container.name())) {
                throw EcsErrors.client("Container names must be unique: " + container.name() + ".");
            }
            if (request.memory() == null && container.memory() == null && container.memoryReservation() == null) {
                throw EcsErrors.client("Invalid setting for container '" + container.name()
                        + "'. At least one of 'memory' or 'memoryReservation' must be specified.");
            }
        }
        if (request.containerDefinitions().stream().noneMatch(TaskDefinitionRules::isEssential)) {
            throw EcsErrors.client("Invalid 'essential' setting: a task must have at least one essential container.");
        }
    }

    /** {@code essential} is true when it is left out. */
    static boolean isEssential(ContainerDefinition container) {
        return container.essential() == null || container.essential();
    }

    private static List<String> fargateObstacles(RegisterTaskDefinitionRequest request) {
        List<String> obstacles = new ArrayList<>();
        if (request.networkMode() != NetworkMode.AWSVPC) {
            obstacles.add("Fargate only supports network mode ‘awsvpc’.");
        }
        if (request.cpu() == null) {
            obstacles.add("Fargate requires that 'cpu' be defined at the task level.");
        }
        if (request.memory() == null) {
            obstacles.add("Fargate requires that 'memory' be defined at the task level.");
        }
        if (request.cpu() != null && request.memory() != null) {
            OptionalInt cpu = FargateSizes.cpuUnits(request.cpu());
            OptionalInt memory = FargateSizes.mebibytes(request.memory());
            if (cpu.isEmpty() || memory.isEmpty() || !FargateSizes.has(cpu.getAsInt(), memory.getAsInt())) {
                obstacles.add("No Fargate configuration exists for given values.");
            }
        }
        for (ContainerDefinition container : request.containerDefinitions()) {
            if (Boolean.TRUE.equals(container.privileged())) {
                obstacles.add("Fargate does not support privileged containers.");
            }
            if (gpus(container.resourceRequirements()) > 0) {
                obstacles.add("Fargate does not support GPU resource requirements.");
            }
        }
        return obstacles;
    }

    /** The GPUs that a container asks for. */
    static int gpus(List<ResourceRequirement> requirements) {
        return requirements.stream()
                .filter(requirement -> requirement.typeAsString().equals("GPU"))
                .mapToInt(requirement -> Integer.parseInt(requirement.value()))
                .sum();
    }
}
