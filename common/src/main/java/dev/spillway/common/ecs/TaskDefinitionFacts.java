package dev.spillway.common.ecs;

import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.TaskSize;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Spillway has to know of a task definition (ECS API reference, TaskDefinition).
 *
 * @param arn with its revision
 * @param networkMode {@code awsvpc}, {@code bridge}, {@code host}, {@code none}
 * @param compatibilities the launch types that ECS found the definition fit for: {@code EC2}, {@code FARGATE}, …
 * @param cpu of the whole task, in CPU units; null where only the containers say
 * @param memory of the whole task, in MiB; null where only the containers say
 * @param demands what else a task of it asks of a container instance
 * @param containers at least one
 */
public record TaskDefinitionFacts(
        String arn,
        String networkMode,
        Set<String> compatibilities,
        @Nullable Integer cpu,
        @Nullable Integer memory,
        Set<Demand> demands,
        List<Container> containers) {

    public TaskDefinitionFacts {
        compatibilities = Set.copyOf(compatibilities);
        demands = Set.copyOf(demands);
        containers = List.copyOf(containers);
    }

    /** What an instance may lack while it has CPU and memory. A network interface is one more: see {@link #needsNetwork}. */
    public enum Demand {
        /** A port of the instance that is named; a port that ECS chooses is always there. */
        HOST_PORT,
        /** A GPU or another device of which the instance has so many. */
        DEVICE,
        /** A placement constraint. */
        CONSTRAINT
    }

    /**
     * A container of the definition.
     *
     * @param cpu CPU units reserved; 0 for none
     * @param memory MiB that ECS reserves for it: its soft limit, or else its hard one; 0 for none
     */
    public record Container(String name, boolean essential, int cpu, int memory) {}

    /** Whether tasks of it have a network interface of their own, and so need subnets. */
    public boolean needsNetwork() {
        return networkMode.equals("awsvpc");
    }

    /**
     * Whether CPU and memory alone say on which instance a task of this definition fits.
     *
     * @param work with the message's own constraints
     */
    public boolean sizeDecides(ContainerWork work) {
        return !needsNetwork()
                && demands.isEmpty()
                && work.placement().constraints().isEmpty();
    }

    /** The container that a message's overrides go to; empty if the named one is not in the definition. */
    public Optional<Container> target(@Nullable String name) {
        if (name != null) {
            return containers.stream().filter(c -> c.name().equals(name)).findFirst();
        }
        return containers.stream()
                .filter(Container::essential)
                .findFirst()
                .or(() -> containers.stream().findFirst());
    }

    /**
     * What a task of this definition needs with the message's overrides. A size given by the message replaces that of
     * the target container; the task is then as large as its containers together. Without one, the definition's
     * task-level size stands, or else the sum over the containers.
     */
    public TaskSize sizeOf(ContainerWork work) {
        String target = target(work.container()).map(Container::name).orElse("");
        int cpuSum = 0;
        int memorySum = 0;
        for (Container container : containers) {
            boolean isTarget = container.name().equals(target);
            cpuSum += isTarget && work.cpu() != null ? work.cpu() : container.cpu();
            memorySum += isTarget && work.memory() != null ? work.memory() : container.memory();
        }
        return new TaskSize(
                cpu != null && work.cpu() == null ? cpu : cpuSum,
                memory != null && work.memory() == null ? memory : memorySum);
    }
}
