package dev.spillway.local.ecs;

import dev.spillway.local.ecs.Launch.Destination;
import dev.spillway.local.ecs.Launch.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

/**
 * Where the tasks of a RunTask call go: by launch type, or by a capacity provider strategy (ECS API reference,
 * CapacityProviderStrategyItem). Where reports have ECS's words for a refusal they are used (dask/dask-cloudprovider#328,
 * terraform-aws-modules/terraform-aws-ecs#68); the bounds of base and weight are documented, the words for them are not.
 */
final class CapacityStrategy {

    private static final int MAX_ITEMS = 20;
    private static final int MAX_BASE = 100_000;
    private static final int MAX_WEIGHT = 1_000;

    private CapacityStrategy() {}

    /**
     * The destination of each task of a call.
     *
     * @param ofGroups the names of all capacity providers of Auto Scaling groups
     * @throws software.amazon.awssdk.services.ecs.model.EcsException in ECS's words when ECS refuses it
     */
    static List<Destination> destinations(RunTaskRequest request, int count, Set<String> ofGroups) {
        List<CapacityProviderStrategyItem> strategy = request.capacityProviderStrategy();
        if (strategy.isEmpty()) {
            return Collections.nCopies(count, new Destination(target(request.launchTypeAsString()), null));
        }
        if (request.launchType() != null) {
            throw EcsErrors.invalidParameter(
                    "Specifying both a launch type and capacity provider strategy is not supported."
                            + " Remove one and try again.");
        }
        List<Share> shares =
                strategy.stream().map(item -> share(item, ofGroups)).toList();
        check(shares);
        return divide(shares, count);
    }

    private static Target target(@Nullable String launchType) {
        return switch (Optional.ofNullable(launchType).orElse("EC2")) {
            case "EC2" -> Target.EC2;
            case "FARGATE" -> Target.FARGATE;
            default -> throw new UnsupportedOperationException("the simulated ECS has no launch type " + launchType);
        };
    }

    private record Share(Destination destination, int base, int weight) {}

    private static Share share(CapacityProviderStrategyItem item, Set<String> ofGroups) {
        KnownFields.require(item, "capacityProviderStrategy", Set.of("capacityProvider", "base", "weight"));
        int base = Objects.requireNonNullElse(item.base(), 0);
        int weight = Objects.requireNonNullElse(item.weight(), 0);
        if (base < 0 || base > MAX_BASE || weight < 0 || weight > MAX_WEIGHT) {
            throw EcsErrors.invalidParameter(
                    "base must be between 0 and " + MAX_BASE + ", and weight between 0 and " + MAX_WEIGHT + ".");
        }
        String provider = Objects.requireNonNullElse(item.capacityProvider(), "");
        Target target = switch (provider) {
            case "FARGATE" -> Target.FARGATE;
            case "FARGATE_SPOT" -> Target.FARGATE_SPOT;
            default -> {
                if (!ofGroups.contains(provider)) {
                    throw EcsErrors.invalidParameter("The specified capacity provider '" + provider
                            + "' was not found. Specify a valid name or ARN and try again.");
                }
                yield Target.EC2;
            }
        };
        return new Share(new Destination(target, provider), base, weight);
    }

    private static void check(List<Share> shares) {
        if (shares.size() > MAX_ITEMS) {
            throw EcsErrors.invalidParameter(
                    "A capacity provider strategy can contain a maximum of " + MAX_ITEMS + " capacity providers.");
        }
        if (shares.stream().filter(share -> share.base() > 0).count() > 1) {
            throw EcsErrors.invalidParameter(
                    "Only one capacity provider in a capacity provider strategy can have a base defined.");
        }
        if (shares.size() > 1 && shares.stream().allMatch(share -> share.weight() == 0)) {
            throw EcsErrors.invalidParameter(
                    "At least one capacity provider of the strategy must have a weight greater than zero.");
        }
        if (shares.stream()
                        .map(share -> share.destination().target().isFargate())
                        .distinct()
                        .count()
                > 1) {
            throw EcsErrors.invalidParameter("A capacity provider strategy cannot contain a mix of capacity providers"
                    + " using Auto Scaling groups and Fargate providers. Specify one or the other and try again.");
        }
    }

    /**
     * First the base, then by the weights: each further task goes where it is most behind its share. In which order ECS
     * does that within one call is not documented.
     */
    private static List<Destination> divide(List<Share> shares, int count) {
        List<Destination> divided = new ArrayList<>();
        for (Share share : shares) {
            divided.addAll(Collections.nCopies(Math.min(share.base(), count - divided.size()), share.destination()));
        }
        int[] byWeight = new int[shares.size()];
        while (divided.size() < count) {
            int next = furthestBehind(shares, byWeight);
            byWeight[next]++;
            divided.add(shares.get(next).destination());
        }
        return divided;
    }

    private static int furthestBehind(List<Share> shares, int[] tasks) {
        int furthest = 0;
        for (int i = 1; i < tasks.length; i++) {
            // Compares (tasks + 1) / weight of the two without a division; a weight of 0 is never behind.
            long mine = (tasks[i] + 1L) * shares.get(furthest).weight();
            long best = (tasks[furthest] + 1L) * shares.get(i).weight();
            furthest = mine < best ? i : furthest;
        }
        return furthest;
    }
}
