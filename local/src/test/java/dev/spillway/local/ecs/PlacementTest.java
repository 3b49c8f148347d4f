package dev.spillway.local.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlacementTest {

    private static final TaskNeeds NEEDS = new TaskNeeds(512, 1024, 0, 0, Set.of(), Set.of(), "");

    private static Placement.Request request(TaskNeeds needs, Constraint... constraints) {
        return new Placement.Request(
                needs, "family:job", List.of(constraints), List.of(new Strategy.SpreadByInstance()));
    }

    private static InstanceView instance(String arn, int cpu, int memory, String zone, int tasksOfTheGroup) {
        return new InstanceView(
                arn,
                "i-" + arn,
                true,
                Map.of("ecs.availability-zone", zone, "ecs.cpu-architecture", "x86_64"),
                cpu,
                memory,
                1,
                0,
                Set.of(22, 8080),
                Set.of(53),
                tasksOfTheGroup,
                tasksOfTheGroup == 0 ? Map.of() : Map.of("family:job", tasksOfTheGroup),
                Instant.EPOCH);
    }

    private static InstanceView withoutAgent() {
        return new InstanceView(
                "a", "i-a", false, Map.of(), 1024, 2048, 1, 0, Set.of(), Set.of(), 0, Map.of(), Instant.EPOCH);
    }

    static Stream<Arguments> refusals() {
        InstanceView ample = instance("a", 1024, 2048, "us-east-1a", 1);
        return Stream.of(
                Arguments.of("exactly enough", request(NEEDS), instance("a", 512, 1024, "z", 0), ""),
                Arguments.of("too little cpu", request(NEEDS), instance("a", 511, 1024, "z", 0), "RESOURCE:CPU"),
                Arguments.of("too little memory", request(NEEDS), instance("a", 512, 1023, "z", 0), "RESOURCE:MEMORY"),
                Arguments.of("cpu is told before memory", request(NEEDS), instance("a", 0, 0, "z", 0), "RESOURCE:CPU"),
                Arguments.of(
                        "tcp port taken", request(needs(0, 0, Set.of(8080), Set.of(), "")), ample, "RESOURCE:PORTS"),
                Arguments.of("udp port taken", request(needs(0, 0, Set.of(), Set.of(53), "")), ample, "RESOURCE:PORTS"),
                Arguments.of("tcp is not udp", request(needs(0, 0, Set.of(53), Set.of(8080), "")), ample, ""),
                Arguments.of("one interface is left", request(needs(1, 0, Set.of(), Set.of(), "")), ample, ""),
                Arguments.of("no interface", request(needs(2, 0, Set.of(), Set.of(), "")), ample, "RESOURCE:ENI"),
                Arguments.of("no gpu", request(needs(0, 1, Set.of(), Set.of(), "")), ample, "RESOURCE:GPU"),
                Arguments.of("no agent", request(NEEDS), withoutAgent(), "AGENT"),
                Arguments.of(
                        "other architecture", request(needs(0, 0, Set.of(), Set.of(), "arm64")), ample, "ATTRIBUTE"),
                Arguments.of("same architecture", request(needs(0, 0, Set.of(), Set.of(), "x86_64")), ample, ""),
                Arguments.of(
                        "expression does not match",
                        request(NEEDS, memberOf("attribute:ecs.availability-zone == us-east-1b")),
                        ample,
                        "MemberOf placement constraint unsatisfied."),
                Arguments.of(
                        "expression matches",
                        request(NEEDS, memberOf("attribute:ecs.availability-zone == us-east-1a")),
                        ample,
                        ""),
                Arguments.of(
                        "the group is there already",
                        request(NEEDS, new Constraint.DistinctInstance()),
                        ample,
                        "DistinctInstance placement constraint unsatisfied."));
    }

    private static Constraint memberOf(String expression) {
        return new Constraint.MemberOf(ClusterQueryParser.parse(expression));
    }

    private static TaskNeeds needs(
            int interfaces, int gpus, Set<Integer> tcpPorts, Set<Integer> udpPorts, String architecture) {
        return new TaskNeeds(1, 1, interfaces, gpus, tcpPorts, udpPorts, architecture);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void anInstanceTakesATaskOrSaysWhyNot(
            String name, Placement.Request request, InstanceView instance, String reason) {
        Placement.Result result = Placement.place(request, List.of(instance), new Random(1));

        Placement.Result expected = reason.isEmpty()
                ? new Placement.Result.Placed(instance)
                : new Placement.Result.Refused(List.of(new Placement.Refusal("a", reason)));
        assertThat(result).isEqualTo(expected);
    }

    static Stream<Arguments> strategies() {
        // name, cpu left, memory left, zone, tasks of the group: two in zone a, two in zone b.
        return Stream.of(
                Arguments.of(List.of(new Strategy.BinpackByCpu()), "a2"),
                Arguments.of(List.of(new Strategy.BinpackByMemory()), "b2"),
                Arguments.of(List.of(new Strategy.SpreadByInstance()), "b1"),
                Arguments.of(List.of(new Strategy.SpreadByAttribute("ecs.availability-zone")), "a1"),
                Arguments.of(
                        List.of(new Strategy.SpreadByAttribute("ecs.availability-zone"), new Strategy.BinpackByCpu()),
                        "a2"));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void strategiesNarrowTheChoiceInTheirOrder(List<Strategy> strategies, String expected) {
        List<InstanceView> instances = List.of(
                instance("a1", 2000, 4000, "us-east-1a", 1),
                instance("a2", 600, 4000, "us-east-1a", 1),
                instance("b1", 1000, 3000, "us-east-1b", 0),
                instance("b2", 2000, 1500, "us-east-1b", 3));

        Placement.Result result = Placement.place(
                new Placement.Request(NEEDS, "family:job", List.of(), strategies), instances, new Random(1));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Placement.Result.Placed.class,
                        placed -> assertThat(placed.instance().arn()).isEqualTo(expected));
    }

    @Test
    void randomReachesEveryInstance() {
        List<InstanceView> instances = IntStream.range(0, 4)
                .mapToObj(i -> instance("i" + i, 1000, 2000, "z", 0))
                .toList();
        Random random = new Random(1);
        Placement.Request request =
                new Placement.Request(NEEDS, "family:job", List.of(), List.of(new Strategy.AnyInstance()));

        Set<Placement.Result> results = IntStream.range(0, 200)
                .mapToObj(i -> Placement.place(request, instances, random))
                .collect(java.util.stream.Collectors.toSet());

        assertThat(results).hasSize(4);
    }
}
