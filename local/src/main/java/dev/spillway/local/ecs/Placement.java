package dev.spillway.local.ecs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Which container instance a task goes to, after the ECS developer guide, "How Amazon ECS places tasks on container
 * instances": first the instances that have the resources and meet the constraints, then the strategies in their order.
 */
final class Placement {

    /**
     * One task to place.
     *
     * @param needs what it takes
     * @param group its task group: what {@code spread} and {@code distinctInstance} count
     * @param constraints all must hold
     * @param strategies in their order; none means {@code random}, as for RunTask
     */
    record Request(TaskNeeds needs, String group, List<Constraint> constraints, List<Strategy> strategies) {
        Request {
            constraints = List.copyOf(constraints);
            strategies = List.copyOf(strategies);
        }
    }

    /** Where it goes, or why it cannot go anywhere. */
    sealed interface Result {
        record Placed(InstanceView instance) implements Result {}

        record Refused(List<Refusal> refusals) implements Result {}
    }

    /**
     * Why one instance does not take the task.
     *
     * @param instanceArn which
     * @param reason as {@code failures[].reason} says it (ECS API reference, "API failure reasons")
     */
    record Refusal(String instanceArn, String reason) {}

    /**
     * The most instances that a refusal lists. ECS documents no bound; a large cluster's answer must not be larger
     * than any real one.
     */
    static final int MAX_REFUSALS = 100;

    private Placement() {}

    static Result place(Request request, Iterable<InstanceView> instances, RandomGenerator random) {
        List<InstanceView> candidates = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (InstanceView instance : instances) {
            Optional<String> reason = refusal(request, instance);
            if (reason.isEmpty()) {
                candidates.add(instance);
            } else if (refusals.size() < MAX_REFUSALS) {
                refusals.add(new Refusal(instance.arn(), reason.get()));
            }
        }
        return candidates.isEmpty()
                ? new Result.Refused(refusals)
                : new Result.Placed(choose(request, candidates, random));
    }

    private static Optional<String> refusal(Request request, InstanceView instance) {
        TaskNeeds needs = request.needs();
        if (!instance.agentConnected()) {
            return Optional.of("AGENT");
        }
        String architecture = instance.attributes().getOrDefault("ecs.cpu-architecture", "");
        if (!needs.architecture().isEmpty() && !needs.architecture().equals(architecture)) {
            return Optional.of("ATTRIBUTE");
        }
        for (Constraint constraint : request.constraints()) {
            Optional<String> unsatisfied = unsatisfied(constraint, request.group(), instance);
            if (unsatisfied.isPresent()) {
                return unsatisfied;
            }
        }
        return shortage(needs, instance);
    }

    private static Optional<String> unsatisfied(Constraint constraint, String group, InstanceView instance) {
        return switch (constraint) {
            case Constraint.MemberOf memberOf ->
                memberOf.query().matches(instance)
                        ? Optional.empty()
                        : Optional.of("MemberOf placement constraint unsatisfied.");
            case Constraint.DistinctInstance distinct ->
                instance.tasksOf(group) == 0
                        ? Optional.empty()
                        : Optional.of("DistinctInstance placement constraint unsatisfied.");
        };
    }

    private static Optional<String> shortage(TaskNeeds needs, InstanceView instance) {
        if (needs.cpu() > instance.freeCpu()) {
            return Optional.of("RESOURCE:CPU");
        }
        if (needs.memory() > instance.freeMemory()) {
            return Optional.of("RESOURCE:MEMORY");
        }
        if (!instance.hasPortsFor(needs)) {
            return Optional.of("RESOURCE:PORTS");
        }
        if (needs.networkInterfaces() > instance.freeNetworkInterfaces()) {
            return Optional.of("RESOURCE:ENI");
        }
        return needs.gpus() > instance.freeGpus() ? Optional.of("RESOURCE:GPU") : Optional.empty();
    }

    private static InstanceView choose(Request request, List<InstanceView> candidates, RandomGenerator random) {
        List<InstanceView> left = candidates;
        for (Strategy strategy : request.strategies()) {
            left = narrow(strategy, request.group(), left, random);
        }
        return request.strategies().isEmpty() ? left.get(random.nextInt(left.size())) : left.getFirst();
    }

    private static List<InstanceView> narrow(
            Strategy strategy, String group, List<InstanceView> left, RandomGenerator random) {
        return switch (strategy) {
            case Strategy.AnyInstance any -> List.of(left.get(random.nextInt(left.size())));
            case Strategy.BinpackByCpu cpu -> least(left, InstanceView::freeCpu);
            case Strategy.BinpackByMemory memory -> least(left, InstanceView::freeMemory);
            case Strategy.SpreadByInstance spread -> least(left, instance -> instance.tasksOf(group));
            case Strategy.SpreadByAttribute spread -> {
                Map<String, Integer> tasksByValue = new HashMap<>();
                left.forEach(instance -> tasksByValue.merge(
                        valueOf(spread.attribute(), instance), instance.tasksOf(group), Integer::sum));
                yield least(left, instance -> tasksByValue.getOrDefault(valueOf(spread.attribute(), instance), 0));
            }
        };
    }

    private static String valueOf(String attribute, InstanceView instance) {
        return instance.attributes().getOrDefault(attribute, "");
    }

    private static List<InstanceView> least(List<InstanceView> from, ToIntFunction<InstanceView> measure) {
        int least = from.stream().mapToInt(measure).min().orElseThrow();
        return from.stream()
                .filter(instance -> measure.applyAsInt(instance) == least)
                .toList();
    }
}
