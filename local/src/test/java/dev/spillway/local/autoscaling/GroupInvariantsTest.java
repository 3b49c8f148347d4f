package dev.spillway.local.autoscaling;

import static dev.spillway.local.autoscaling.SimulatedGroups.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.local.ec2.InstanceUse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.StepAdjustment;

/** Whatever is asked for, taken back, lost and waited for, in whatever order. */
class GroupInvariantsTest {

    private static final int MIN = 1;
    private static final int MAX = 8;
    private static final String GONE = "gone";

    /** From each state, what may be seen a second later; what passes in no time may have been passed. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            // It may have become one too many in the second in which it came into service.
            "Pending", Set.of("InService", "Terminating:Wait", GONE),
            "InService", Set.of("Terminating:Wait", GONE),
            "Terminating:Wait", Set.of("Terminating:Proceed", GONE),
            "Terminating:Proceed", Set.of(GONE));

    /** One thing that happens; the number chooses which instance, how many or how long. */
    record Step(String what, int number) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(
                        Arbitraries.of(
                                "wait",
                                "wait",
                                "wait",
                                "desire",
                                "desire",
                                "out",
                                "in",
                                "capacity",
                                "interrupt",
                                "lose",
                                "complete",
                                "complete",
                                "heartbeat",
                                "protect",
                                "release"),
                        Arbitraries.integers().between(0, 99))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 100, seed = "20261101")
    void theGroupKeepsItsBoundsAndFollowsWhatIsDesired(
            @ForAll("histories") List<Step> history, @ForAll boolean rebalance) {
        SimulatedGroups world = world(rebalance);
        Map<String, String> seen = new HashMap<>();
        for (Step step : history) {
            happen(world, step);
            for (int second = 0; second < 1 + step.number; second++) {
                world.pass(Duration.ofSeconds(1));
                assertBounds(world);
                assertArrows(world, seen);
            }
        }
        release(world);
        world.pass(Duration.ofHours(11));

        assertThat(world.states()).hasSize(world.desired()).containsOnly("InService");
        assertThat(world.joined).containsExactlyInAnyOrderElementsOf(world.in("InService"));
        Set<String> running = world.autoScaling.instanceUse().stream()
                .filter(use -> use.endedAt().isEmpty())
                .map(InstanceUse::instanceId)
                .collect(Collectors.toSet());
        assertThat(running).containsExactlyInAnyOrderElementsOf(world.in("InService"));
    }

    private static SimulatedGroups world(boolean rebalance) {
        SimulatedGroups world = new SimulatedGroups();
        GroupBuilder group = world.autoScaling
                .group(GROUP)
                .spot()
                .min(MIN)
                .max(MAX)
                .desired(3)
                .terminatingHook("drain", Duration.ofMinutes(6))
                .policy(r ->
                        r.policyName("out").adjustmentType("ChangeInCapacity").stepAdjustments(step(2)))
                .policy(r -> r.policyName("in")
                        .adjustmentType("PercentChangeInCapacity")
                        .stepAdjustments(step(-40)));
        (rebalance ? group.capacityRebalance() : group).create();
        return world;
    }

    private static StepAdjustment step(int adjustment) {
        return StepAdjustment.builder()
                .metricIntervalLowerBound(0.0)
                .scalingAdjustment(adjustment)
                .build();
    }

    private static void happen(SimulatedGroups world, Step step) {
        List<Instance> instances = world.instances();
        String id = instances.isEmpty()
                ? "i-none"
                : instances.get(step.number % instances.size()).instanceId();
        try {
            switch (step.what) {
                case "desire" -> world.desire(step.number % (MAX + 2));
                case "out", "in" ->
                    world.autoScaling.executePolicy(world.autoScaling.policyArn(GROUP, step.what), 1, 0);
                case "capacity" -> world.autoScaling.spotAvailable(GROUP, step.number % MAX);
                case "lose" -> world.ec2.lose(id);
                case "complete" -> world.complete(id);
                case "heartbeat" -> world.heartbeat(id);
                case "release" -> release(world);
                default -> touch(world, step.what, instances, id);
            }
        } catch (AutoScalingException refused) {
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
        }
    }

    private static void touch(SimulatedGroups world, String what, List<Instance> instances, String id) {
        boolean runs = world.autoScaling.instanceUse().stream()
                .anyMatch(use -> use.instanceId().equals(id) && use.endedAt().isEmpty());
        if (what.equals("interrupt") && runs) {
            world.ec2.interrupt(id);
        }
        if (what.equals("protect") && !instances.isEmpty()) {
            world.autoScaling.protectFromScaleIn(GROUP, id, true);
        }
    }

    /** Nothing is protected any longer, and there is Spot capacity. */
    private static void release(SimulatedGroups world) {
        world.autoScaling.spotAvailable(GROUP, true);
        world.instances()
                .forEach(instance -> world.autoScaling.protectFromScaleIn(GROUP, instance.instanceId(), false));
    }

    /** What is launched never exceeds the maximum; below the minimum the group falls only by what others take. */
    private static void assertBounds(SimulatedGroups world) {
        AutoScalingGroup group = world.group();
        assertThat(group.desiredCapacity()).isBetween(MIN, MAX);
        long counted = group.instances().stream()
                .map(Instance::lifecycleStateAsString)
                .filter(state -> state.equals("Pending") || state.equals("InService"))
                .count();
        assertThat(counted).isLessThanOrEqualTo(MAX);
    }

    private static void assertArrows(SimulatedGroups world, Map<String, String> seen) {
        Map<String, String> now = world.instances().stream()
                .collect(Collectors.toMap(Instance::instanceId, Instance::lifecycleStateAsString));
        seen.forEach((id, before) -> {
            String after = now.getOrDefault(id, GONE);
            assertThat(before.equals(after)
                            || ARROWS.getOrDefault(before, Set.of()).contains(after))
                    .as("%s from %s to %s", id, before, after)
                    .isTrue();
        });
        now.forEach((id, state) -> assertThat(seen.containsKey(id) || state.equals("Pending"))
                .as("%s begins as %s", id, state)
                .isTrue());
        seen.clear();
        seen.putAll(now);
    }
}
