package dev.spillway.common.message;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.RetryRule;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Requests as a message can ask for them. */
final class Requests {

    private static final List<CapacityType> ON_ECS = List.of(
            CapacityType.EC2_SPOT,
            CapacityType.EC2_ON_DEMAND,
            CapacityType.EC2,
            CapacityType.FARGATE_SPOT,
            CapacityType.FARGATE);

    private Requests() {}

    static Arbitrary<TaskRequest> any() {
        return Arbitraries.of(1, 2, 3).flatMap(kinds -> {
            boolean onEcs = (kinds & 1) != 0;
            boolean onLambda = (kinds & 2) != 0;
            return chain(onEcs, onLambda).flatMap(chain -> of(chain, onEcs, onLambda));
        });
    }

    private static Arbitrary<TaskRequest> of(List<CapacityType> chain, boolean onEcs, boolean onLambda) {
        boolean mayConstrain = chain.stream().anyMatch(CapacityType::isEc2);
        return Combinators.combine(
                        id().map(TaskId::new),
                        container(mayConstrain).injectNull(onEcs ? 0 : 1),
                        function().injectNull(onLambda ? 0 : 1),
                        Arbitraries.integers().between(0, TaskRequest.MAX_PRIORITY),
                        retry(onEcs),
                        duration().injectNull(0.3),
                        duration().injectNull(0.3))
                .as((taskId, container, function, priority, retry, timeout, waitDeadline) ->
                        new TaskRequest(taskId, container, function, chain, priority, retry, timeout, waitDeadline));
    }

    private static Arbitrary<List<CapacityType>> chain(boolean onEcs, boolean onLambda) {
        Arbitrary<Set<CapacityType>> ecs = Arbitraries.of(ON_ECS).set().ofMinSize(1);
        Arbitrary<Set<CapacityType>> some = onEcs ? ecs : Arbitraries.just(Set.of());
        return some.map(types -> {
                    Set<CapacityType> all = new LinkedHashSet<>(types);
                    if (onLambda) {
                        all.add(CapacityType.LAMBDA);
                    }
                    return List.copyOf(all);
                })
                .flatMap(types -> Arbitraries.shuffle(types));
    }

    private static Arbitrary<ContainerWork> container(boolean mayConstrain) {
        return Combinators.combine(
                        Combinators.combine(id(), Arbitraries.of("", ":1", ":2147483647"))
                                .as(String::concat),
                        id().injectNull(0.5),
                        text().list().ofMinSize(1).ofMaxSize(5).injectNull(0.5),
                        Arbitraries.maps(
                                        text().filter(name -> !name.isEmpty()
                                                && !name.contains("=")
                                                && !name.startsWith("SPILLWAY_")),
                                        text())
                                .ofMaxSize(5),
                        Arbitraries.integers().between(1, 196_608).injectNull(0.5),
                        Arbitraries.integers().between(6, 25_165_824).injectNull(0.5),
                        placement(mayConstrain),
                        Arbitraries.maps(
                                        tag().ofMinLength(1).ofMaxLength(128).filter(Requests::isNotReserved),
                                        tag().ofMaxLength(256).filter(Requests::isNotReserved))
                                .ofMaxSize(50))
                .as(ContainerWork::new);
    }

    private static Arbitrary<FunctionWork> function() {
        return Combinators.combine(
                        id().map(name -> name.substring(0, Math.min(64, name.length()))),
                        Arbitraries.of("", ":live", ":$LATEST"),
                        Arbitraries.of(
                                "{}", "null", "[1.0,1e400,-0]", "{\"a\":{\"b\":[true,false]},\"c\":\"\\u0000é\"}"))
                .as((name, qualifier, payload) -> new FunctionWork(name + qualifier, payload));
    }

    private static Arbitrary<Placement> placement(boolean mayConstrain) {
        Arbitrary<Placement.Constraint> memberOf =
                text().map(text -> new Placement.Constraint.MemberOf("attribute:a == " + text));
        Arbitrary<Placement.Constraint> distinct = Arbitraries.just(new Placement.Constraint.DistinctInstance());
        Arbitrary<Placement.Strategy> strategy = Arbitraries.of(
                new Placement.Strategy(Placement.Strategy.Type.BINPACK, "cpu"),
                new Placement.Strategy(Placement.Strategy.Type.BINPACK, "memory"),
                new Placement.Strategy(Placement.Strategy.Type.SPREAD, "instanceId"),
                new Placement.Strategy(Placement.Strategy.Type.SPREAD, "attribute:ecs.availability-zone"),
                new Placement.Strategy(Placement.Strategy.Type.RANDOM, ""));
        return Combinators.combine(
                        Arbitraries.oneOf(memberOf, distinct).list().ofMaxSize(mayConstrain ? 10 : 0),
                        strategy.list().ofMaxSize(5))
                .as(Placement::new);
    }

    /** Rules that can all match: each exit code once, and stop reasons of which none covers another. */
    private static Arbitrary<RetryPolicy> retry(boolean onEcs) {
        Arbitrary<RetryRule.Action> action = Arbitraries.of(RetryRule.Action.class);
        Arbitrary<List<RetryRule>> onExitCodes = Combinators.combine(
                        Arbitraries.integers().between(1, 255).set().ofMaxSize(onEcs ? 20 : 0), action)
                .as((codes, then) -> split(codes, then));
        Arbitrary<List<RetryRule>> onStopReasons = Combinators.combine(
                        Arbitraries.subsetOf("CannotPull*", "*Error: ?", "Host\"EC2\"*", "Ünterbrochen"), action)
                .as((globs, then) -> globs.stream()
                        .<RetryRule>map(glob -> new RetryRule.OnStopReason(glob, then))
                        .toList());
        return Combinators.combine(
                        Arbitraries.integers().between(1, RetryPolicy.MAX_ATTEMPTS), onExitCodes, onStopReasons)
                .as((attempts, some, others) -> {
                    List<RetryRule> rules = new ArrayList<>(some);
                    rules.addAll(others);
                    return new RetryPolicy(attempts, rules);
                });
    }

    /** The first code alone, the others together. */
    private static List<RetryRule> split(Set<Integer> codes, RetryRule.Action action) {
        List<RetryRule> rules = new ArrayList<>();
        codes.stream().limit(1).forEach(code -> rules.add(new RetryRule.OnExitCode(Set.of(code), action)));
        if (codes.size() > 1) {
            rules.add(new RetryRule.OnExitCode(
                    new LinkedHashSet<>(codes.stream().skip(1).toList()), action));
        }
        return rules;
    }

    private static Arbitrary<Duration> duration() {
        return Arbitraries.longs().between(1, Duration.ofDays(365).toNanos()).map(Duration::ofNanos);
    }

    private static StringArbitrary id() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .numeric()
                .withChars('_', '-')
                .ofMinLength(1)
                .ofMaxLength(100);
    }

    /** Any whole characters but U+0000, among them those that JSON has to escape. */
    private static Arbitrary<String> text() {
        return Arbitraries.strings()
                .withCharRange('\u0001', '\ud7ff')
                .withChars('"', '\\', '\n', '\u2028', 'a', ' ')
                .ofMaxLength(30)
                .map(text -> text + (text.length() % 2 == 0 ? "" : "\ud83d\uded1"));
    }

    private static StringArbitrary tag() {
        return Arbitraries.strings().alpha().numeric().withChars(" _.:/=+-@äЖ".toCharArray());
    }

    private static boolean isNotReserved(String text) {
        return !text.regionMatches(true, 0, "aws:", 0, 4);
    }
}
