package dev.spillway.driver.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskSize;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FallbackChainTest {

    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final TaskSize SMALL = new TaskSize(256, 512);
    private static final TaskSize LARGE = new TaskSize(1_024, 4_096);

    private final FallbackChain chain = new FallbackChain(false, null);
    private final RefusalMemory memory = new RefusalMemory();

    @Test
    @DisplayName("the chain is asked in its order")
    void inOrder() {
        TaskRequest request =
                request(Placement.ANYWHERE, CapacityType.EC2_SPOT, CapacityType.EC2, CapacityType.FARGATE);
        Material.Ready ready = ready("awsvpc", SMALL, "EC2", "FARGATE");
        assertThat(chain.first(request, ready, RecentRefusals.NONE)).isEqualTo(ask(CapacityType.EC2_SPOT));
        assertThat(chain.after(CapacityType.EC2_SPOT, request, ready, RecentRefusals.NONE))
                .isEqualTo(ask(CapacityType.EC2));
        assertThat(chain.after(CapacityType.FARGATE, request, ready, RecentRefusals.NONE))
                .isEqualTo(new FallbackChain.Choice.Exhausted(List.of()));
    }

    @Test
    @DisplayName("Fargate is passed over by a task that it cannot run, with the reason")
    void unfitForFargate() {
        assertThat(reasonAgainstFargate(ready("bridge", SMALL, "EC2"), Placement.ANYWHERE, chain))
                .isEqualTo("FARGATE cannot run it: its task definition is not compatible with Fargate "
                        + "(network mode bridge)");
        assertThat(reasonAgainstFargate(
                        ready("awsvpc", new TaskSize(20_000, 10), "EC2", "FARGATE"), Placement.ANYWHERE, chain))
                .isEqualTo("FARGATE cannot run it: it needs 20000 CPU units and 10 MiB, and the largest size there is "
                        + "16384 CPU units and 122880 MiB");
        assertThat(reasonAgainstFargate(
                        ready("awsvpc", SMALL, "EC2", "FARGATE"),
                        new Placement(List.of(new Placement.Constraint.DistinctInstance()), List.of()),
                        chain))
                .contains("placement constraint");
    }

    @Test
    @DisplayName("what a task needs names what of its chain can run it")
    void needs() {
        TaskRequest request =
                request(Placement.ANYWHERE, CapacityType.FARGATE_SPOT, CapacityType.EC2, CapacityType.FARGATE);
        assertThat(chain.needs(request, ready("bridge", SMALL, "EC2")))
                .isEqualTo(new TaskNeeds(SMALL, true, List.of(CapacityType.EC2)));
        assertThat(chain.needs(request, ready("awsvpc", SMALL, "EC2", "FARGATE")))
                .isEqualTo(new TaskNeeds(SMALL, false, request.capacity()));
        assertThat(chain.needs(request, new Material.Ready(null, null))).isNull();
    }

    @Test
    @DisplayName("a refused size is remembered for tasks that need at least as much of everything, and for no other")
    void memoryOfSizes() {
        TaskRequest request = request(Placement.ANYWHERE, CapacityType.EC2, CapacityType.FARGATE);
        memory.remember(refusal("RESOURCE:MEMORY"), request, NOW);

        assertThat(chain.first(request, ready("awsvpc", LARGE, "EC2", "FARGATE"), memory.at(NOW)))
                .isInstanceOfSatisfying(FallbackChain.Choice.Ask.class, ask -> {
                    assertThat(ask.capacityType()).isEqualTo(CapacityType.FARGATE);
                    assertThat(ask.passedOver())
                            .singleElement()
                            .satisfies(r -> assertThat(r.sentence()).endsWith("a moment ago"));
                });
        assertThat(chain.first(request, ready("awsvpc", SMALL, "EC2", "FARGATE"), memory.at(NOW)))
                .isEqualTo(ask(CapacityType.EC2));
        Material.Ready moreOfOneOnly = ready("awsvpc", new TaskSize(4_096, 512), "EC2", "FARGATE");
        assertThat(chain.first(request, moreOfOneOnly, memory.at(NOW))).isEqualTo(ask(CapacityType.EC2));
    }

    @Test
    @DisplayName("the memory is short")
    void memoryEnds() {
        TaskRequest request = request(Placement.ANYWHERE, CapacityType.EC2);
        memory.remember(refusal("RESOURCE:CPU"), request, NOW);
        Material.Ready ready = ready("awsvpc", LARGE, "EC2");
        assertThat(chain.first(
                        request, ready, memory.at(NOW.plus(RefusalMemory.AGE).minusMillis(1))))
                .isInstanceOf(FallbackChain.Choice.Exhausted.class);
        assertThat(chain.first(request, ready, memory.at(NOW.plus(RefusalMemory.AGE))))
                .isEqualTo(ask(CapacityType.EC2));
    }

    @Test
    @DisplayName("a refusal that is not for its size is held against tasks of the same definition and constraints only")
    void memoryOfMoreThanSizes() {
        Placement elsewhere = new Placement(List.of(new Placement.Constraint.MemberOf("attribute:x == y")), List.of());
        TaskRequest refused = request(Placement.ANYWHERE, CapacityType.EC2);
        TaskRequest constrained = request(elsewhere, CapacityType.EC2);
        TaskRequest other = request("other", Placement.ANYWHERE, CapacityType.EC2);
        Material.Ready ready = ready("awsvpc", LARGE, "EC2");

        memory.remember(refusal("RESOURCE:ENI"), refused, NOW);
        assertThat(chain.first(refused, ready, memory.at(NOW))).isInstanceOf(FallbackChain.Choice.Exhausted.class);
        assertThat(chain.first(refused, ready("awsvpc", SMALL, "EC2"), memory.at(NOW)))
                .isEqualTo(ask(CapacityType.EC2));
        assertThat(chain.first(constrained, ready, memory.at(NOW))).isEqualTo(ask(CapacityType.EC2));
        assertThat(chain.first(other, ready, memory.at(NOW))).isEqualTo(ask(CapacityType.EC2));

        memory.remember(refusal("RESOURCE:MEMORY"), constrained, NOW);
        assertThat(chain.first(constrained, ready, memory.at(NOW))).isInstanceOf(FallbackChain.Choice.Exhausted.class);
        assertThat(chain.first(other, ready, memory.at(NOW))).isEqualTo(ask(CapacityType.EC2));
    }

    @Test
    @DisplayName("a refusal says what was asked, why it was refused, and what there is")
    void sentence() {
        Refusal.NoRoom refusal = new Refusal.NoRoom(
                CapacityType.EC2,
                LARGE,
                List.of("RESOURCE:MEMORY", "RESOURCE:MEMORY", "RESOURCE:CPU"),
                List.of("a", "b", "c"),
                new TaskSize(100, 2_000));
        assertThat(refusal.sentence())
                .isEqualTo("EC2 has no room for 1024 CPU units and 4096 MiB (RESOURCE:CPU, RESOURCE:MEMORY on 2 "
                        + "instances; the roomiest instance has 100 CPU units and 2000 MiB free)");
    }

    private static String reasonAgainstFargate(Material.Ready ready, Placement placement, FallbackChain chain) {
        FallbackChain.Choice choice = chain.first(request(placement, CapacityType.FARGATE), ready, RecentRefusals.NONE);
        assertThat(choice).isInstanceOf(FallbackChain.Choice.Exhausted.class);
        return choice.passedOver().getFirst().sentence();
    }

    private static Refusal.NoRoom refusal(String reason) {
        return new Refusal.NoRoom(CapacityType.EC2, LARGE, List.of(reason), List.of("a"), null);
    }

    private static FallbackChain.Choice ask(CapacityType type) {
        return new FallbackChain.Choice.Ask(type, List.of());
    }

    private static Material.Ready ready(String networkMode, TaskSize size, String... compatibilities) {
        return new Material.Ready(
                new TaskDefinitionFacts("arn", networkMode, Set.of(compatibilities), null, null, Set.of(), List.of()),
                size);
    }

    private static TaskRequest request(Placement placement, CapacityType... capacity) {
        return request("job", placement, capacity);
    }

    private static TaskRequest request(String definition, Placement placement, CapacityType... capacity) {
        ContainerWork work = new ContainerWork(definition, null, null, Map.of(), null, null, placement, Map.of());
        return new TaskRequest(new TaskId("t"), work, null, List.of(capacity), 0, RetryPolicy.NONE, null, null);
    }
}
