package dev.spillway.local.ecs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RuntimePlatform;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/**
 * What a task takes, from its definition and the overrides of its launch (ECS developer guide, "Amazon ECS task
 * definition parameters", CPU and memory). A size at the level of the task wins over those of its containers; without
 * one, a container counts its {@code memoryReservation}, or else its {@code memory}.
 */
final class TaskSizes {

    private final TaskDefinition definition;
    private final TaskOverride override;
    private final Map<String, ContainerOverride> overrideByContainer = new HashMap<>();

    TaskSizes(TaskDefinition definition, TaskOverride override) {
        this.definition = definition;
        this.override = override;
        override.containerOverrides().forEach(container -> overrideByContainer.put(container.name(), container));
    }

    /** The task-level CPU units, if there are any. */
    OptionalInt taskCpu() {
        String cpu = override.cpu() == null ? definition.cpu() : override.cpu();
        return cpu == null ? OptionalInt.empty() : known(FargateSizes.cpuUnits(cpu), "cpu", cpu);
    }

    /** The task-level MiB, if there are any. */
    OptionalInt taskMemory() {
        String memory = override.memory() == null ? definition.memory() : override.memory();
        return memory == null ? OptionalInt.empty() : known(FargateSizes.mebibytes(memory), "memory", memory);
    }

    private static OptionalInt known(OptionalInt size, String what, String text) {
        if (size.isEmpty()) {
            throw EcsErrors.client("Invalid '" + what + "' setting for task: " + text);
        }
        return size;
    }

    int cpu() {
        return taskCpu().orElseGet(() -> sum(this::cpu));
    }

    int memory() {
        return taskMemory().orElseGet(() -> sum(this::memory));
    }

    /** CPU units of one container; 0 for no share of its own. */
    int cpu(ContainerDefinition container) {
        ContainerOverride changed = overrideByContainer.get(container.name());
        return orZero(changed == null || changed.cpu() == null ? container.cpu() : changed.cpu());
    }

    /** The hard limit of one container in MiB; 0 for none. */
    int memoryLimit(ContainerDefinition container) {
        ContainerOverride changed = overrideByContainer.get(container.name());
        return orZero(changed == null || changed.memory() == null ? container.memory() : changed.memory());
    }

    private int memory(ContainerDefinition container) {
        ContainerOverride changed = overrideByContainer.get(container.name());
        Integer reservation = changed != null && changed.memoryReservation() != null
                ? changed.memoryReservation()
                : container.memoryReservation();
        return reservation == null ? memoryLimit(container) : reservation;
    }

    private static int orZero(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    private int sum(ToIntFunction<ContainerDefinition> size) {
        return definition.containerDefinitions().stream().mapToInt(size).sum();
    }

    /** What it takes from a container instance. */
    TaskNeeds needs() {
        boolean awsvpc = definition.networkMode() == NetworkMode.AWSVPC;
        return new TaskNeeds(
                cpu(),
                memory(),
                awsvpc ? 1 : 0,
                sum(this::gpus),
                awsvpc ? Set.of() : staticPorts(false),
                awsvpc ? Set.of() : staticPorts(true),
                architecture());
    }

    /** The value of the attribute {@code ecs.cpu-architecture} that the definition asks for; empty for any. */
    private String architecture() {
        RuntimePlatform platform = definition.runtimePlatform();
        return platform == null || platform.cpuArchitecture() == null
                ? ""
                : platform.cpuArchitectureAsString().toLowerCase(Locale.ROOT);
    }

    private int gpus(ContainerDefinition container) {
        ContainerOverride changed = overrideByContainer.get(container.name());
        return TaskDefinitionRules.gpus(
                changed != null && changed.hasResourceRequirements()
                        ? changed.resourceRequirements()
                        : container.resourceRequirements());
    }

    /** Host ports that are fixed: all of {@code host} mode, and those of {@code bridge} mode that are not 0. */
    private Set<Integer> staticPorts(boolean udp) {
        Set<Integer> ports = new HashSet<>();
        for (ContainerDefinition container : definition.containerDefinitions()) {
            for (PortMapping mapping : container.portMappings()) {
                boolean isUdp = "udp".equals(mapping.protocolAsString());
                boolean host = definition.networkMode() == NetworkMode.HOST;
                int port = orZero(host && mapping.hostPort() == null ? mapping.containerPort() : mapping.hostPort());
                if (isUdp == udp && port > 0) {
                    ports.add(port);
                }
            }
        }
        return ports;
    }

    /** The names of the containers. */
    List<String> containerNames() {
        return definition.containerDefinitions().stream()
                .map(ContainerDefinition::name)
                .toList();
    }
}
