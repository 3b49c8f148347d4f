package dev.spillway.common.ecs;

import dev.spillway.common.aws.AwsFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Task definitions from ECS, kept by the warm function: a revision never changes (ECS developer guide, "Amazon ECS task
 * definitions"), so only a reference without one grows old.
 */
public final class EcsTaskDefinitions implements TaskDefinitions {

    /** How long "the latest of the family" may lag behind a newly registered revision. */
    static final Duration FAMILY_AGE = Duration.ofSeconds(60);

    /** A message names the definition, so the memory is bounded; beyond it the function asks each time. */
    private static final int MAX_KEPT = 1_000;

    private final EcsClient ecs;
    private final ConcurrentMap<String, Kept> kept = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CompletableFuture<Lookup>> asking = new ConcurrentHashMap<>();

    public EcsTaskDefinitions(EcsClient ecs) {
        this.ecs = ecs;
    }

    private record Kept(TaskDefinitionFacts facts, Instant until) {}

    @Override
    public Lookup find(String reference, Instant now) {
        Kept known = kept.get(reference);
        if (known != null && now.isBefore(known.until())) {
            return new Lookup.Found(known.facts());
        }
        return once(reference, () -> ask(reference, now));
    }

    /** The messages of a cold batch all want the same definition: the first of them asks, and the others wait for it. */
    private Lookup once(String reference, Supplier<Lookup> ask) {
        CompletableFuture<Lookup> mine = new CompletableFuture<>();
        CompletableFuture<Lookup> earlier = asking.putIfAbsent(reference, mine);
        if (earlier != null) {
            return earlier.join();
        }
        try {
            mine.complete(ask.get());
        } catch (Throwable failure) {
            mine.completeExceptionally(failure);
            throw failure;
        } finally {
            asking.remove(reference);
        }
        return mine.join();
    }

    private Lookup ask(String reference, Instant now) {
        try {
            TaskDefinitionFacts facts = facts(
                    ecs.describeTaskDefinition(r -> r.taskDefinition(reference)).taskDefinition());
            if (kept.size() < MAX_KEPT || kept.containsKey(reference)) {
                kept.put(reference, new Kept(facts, namesRevision(reference) ? Instant.MAX : now.plus(FAMILY_AGE)));
            }
            return new Lookup.Found(facts);
        } catch (SdkException failure) {
            return new Lookup.NotFound(AwsFailures.classify(failure));
        }
    }

    private static boolean namesRevision(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1).contains(":");
    }

    private static TaskDefinitionFacts facts(TaskDefinition definition) {
        List<TaskDefinitionFacts.Container> containers = definition.containerDefinitions().stream()
                .map(EcsTaskDefinitions::container)
                .toList();
        return new TaskDefinitionFacts(
                definition.taskDefinitionArn(),
                definition.networkModeAsString() == null ? "bridge" : definition.networkModeAsString(),
                definition.compatibilitiesAsStrings().stream().collect(Collectors.toSet()),
                number(definition.cpu()),
                number(definition.memory()),
                demands(definition),
                containers);
    }

    private static Set<TaskDefinitionFacts.Demand> demands(TaskDefinition definition) {
        Set<TaskDefinitionFacts.Demand> demands = EnumSet.noneOf(TaskDefinitionFacts.Demand.class);
        if (!definition.placementConstraints().isEmpty()) {
            demands.add(TaskDefinitionFacts.Demand.CONSTRAINT);
        }
        for (ContainerDefinition container : definition.containerDefinitions()) {
            if (!container.resourceRequirements().isEmpty()) {
                demands.add(TaskDefinitionFacts.Demand.DEVICE);
            }
            if (container.portMappings().stream().anyMatch(port -> isOfInstance(port, definition.networkMode()))) {
                demands.add(TaskDefinitionFacts.Demand.HOST_PORT);
            }
        }
        return demands;
    }

    /** Without a number, or with 0, ECS chooses one where the network is a bridge (API reference, PortMapping). */
    private static boolean isOfInstance(PortMapping port, @Nullable NetworkMode network) {
        boolean named = port.hostPort() != null && port.hostPort() != 0;
        return network == NetworkMode.HOST || (named && network != NetworkMode.AWSVPC);
    }

    private static TaskDefinitionFacts.Container container(ContainerDefinition c) {
        Integer memory = c.memoryReservation() != null ? c.memoryReservation() : c.memory();
        return new TaskDefinitionFacts.Container(
                c.name(),
                !Boolean.FALSE.equals(c.essential()),
                c.cpu() == null ? 0 : c.cpu(),
                memory == null ? 0 : memory);
    }

    private static @Nullable Integer number(@Nullable String text) {
        return text == null ? null : Integer.valueOf(text);
    }
}
