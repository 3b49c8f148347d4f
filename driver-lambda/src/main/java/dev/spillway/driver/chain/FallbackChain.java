package dev.spillway.driver.chain;

import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskSize;
import dev.spillway.driver.launch.FargateSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the capacity type to ask next. Pure: the same facts give the same choice.
 *
 * @param hasProviders whether capacity providers find the instances; then any instance means a Spot Instance first and an
 *     on-demand instance next, each with a provider of its own
 * @param largestInstance what the largest instance type of the deployment has for tasks; null if it does not say
 */
public record FallbackChain(boolean hasProviders, @Nullable TaskSize largestInstance) {

    /** What to do next. */
    public sealed interface Choice {

        /** Those of the chain that were passed over on the way. */
        List<Refusal> passedOver();

        /** Ask this one. */
        record Ask(CapacityType capacityType, List<Refusal> passedOver) implements Choice {}

        /** There is nothing left to ask. */
        record Exhausted(List<Refusal> passedOver) implements Choice {}
    }

    /** The first capacity type of the chain worth asking. */
    public Choice first(TaskRequest request, Material.Ready material, RecentRefusals recent) {
        return from(0, request, material, recent);
    }

    /** The next one after a type that has refused, or that was not waited for any longer. */
    public Choice after(CapacityType refused, TaskRequest request, Material.Ready material, RecentRefusals recent) {
        return from(types(request).indexOf(refused) + 1, request, material, recent);
    }

    /** What the chain asks, in its order. */
    public List<CapacityType> types(TaskRequest request) {
        return hasProviders
                ? request.capacity().stream()
                        .flatMap(type -> type == CapacityType.EC2
                                ? Stream.of(CapacityType.EC2_SPOT, CapacityType.EC2_ON_DEMAND)
                                : Stream.of(type))
                        .distinct()
                        .toList()
                : request.capacity();
    }

    /** What the task needs; null where the message names no task definition. */
    public @Nullable TaskNeeds needs(TaskRequest request, Material.Ready material) {
        ContainerWork work = request.container();
        TaskDefinitionFacts definition = material.definition();
        TaskSize size = material.size();
        if (work == null || definition == null || size == null) {
            return null;
        }
        List<CapacityType> usable = types(request).stream()
                .filter(type -> unfit(type, request, material).isEmpty())
                .toList();
        return new TaskNeeds(size, definition.sizeDecides(work), usable);
    }

    private Choice from(int start, TaskRequest request, Material.Ready material, RecentRefusals recent) {
        List<Refusal> passedOver = new ArrayList<>();
        List<CapacityType> types = types(request);
        for (CapacityType type : types.subList(start, types.size())) {
            Optional<Refusal> refusal = unfit(type, request, material);
            if (refusal.isEmpty()) {
                refusal = recent.find(type, request, material);
            }
            if (refusal.isEmpty()) {
                return new Choice.Ask(type, List.copyOf(passedOver));
            }
            passedOver.add(refusal.get());
        }
        return new Choice.Exhausted(List.copyOf(passedOver));
    }

    private Optional<Refusal> unfit(CapacityType type, TaskRequest request, Material.Ready material) {
        if (type == CapacityType.LAMBDA) {
            return Optional.empty();
        }
        ContainerWork work = request.container();
        TaskDefinitionFacts definition = material.definition();
        TaskSize size = material.size();
        if (work == null || definition == null || size == null) {
            return unfit(type, "the message names no task definition");
        }
        return type.isFargate() ? unfitForFargate(type, work, definition, size) : unfitForEc2(type, definition, size);
    }

    private Optional<Refusal> unfitForEc2(CapacityType type, TaskDefinitionFacts definition, TaskSize size) {
        if (!definition.compatibilities().contains("EC2")) {
            return unfit(type, "ECS does not list EC2 among the compatibilities of its task definition");
        }
        if (largestInstance != null && !largestInstance.isAtLeast(size)) {
            return unfit(type, "it needs " + size + ", and the largest instance type has " + largestInstance);
        }
        return Optional.empty();
    }

    private static Optional<Refusal> unfitForFargate(
            CapacityType type, ContainerWork work, TaskDefinitionFacts definition, TaskSize size) {
        if (!definition.compatibilities().contains("FARGATE")) {
            return unfit(
                    type,
                    "its task definition is not compatible with Fargate (network mode " + definition.networkMode()
                            + ")");
        }
        if (!work.placement().constraints().isEmpty()) {
            return unfit(type, "the message has a placement constraint, and Fargate knows none");
        }
        if (FargateSize.atLeast(size).isEmpty()) {
            return unfit(type, "it needs " + size + ", and the largest size there is " + FargateSize.LARGEST);
        }
        return Optional.empty();
    }

    private static Optional<Refusal> unfit(CapacityType type, String why) {
        return Optional.of(new Refusal.Unfit(type, why));
    }
}
