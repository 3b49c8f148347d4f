package dev.spillway.common.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.TaskSize;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskDefinitionFactsTest {

    private static final List<TaskDefinitionFacts.Container> CONTAINERS = List.of(
            new TaskDefinitionFacts.Container("sidecar", false, 64, 128),
            new TaskDefinitionFacts.Container("main", true, 256, 512));

    @ParameterizedTest(name = "task level {0}/{1}, message {2}/{3}: {4}/{5}")
    @CsvSource({
        ", , , , 320, 640",
        "512, 1024, , , 512, 1024",
        ", , 1000, , 1064, 640",
        "512, 1024, 1000, , 1064, 1024",
        "512, 1024, 1000, 2000, 1064, 2128",
    })
    void aSizeOfTheMessageReplacesThatOfItsContainer(
            @Nullable Integer cpu,
            @Nullable Integer memory,
            @Nullable Integer wantedCpu,
            @Nullable Integer wantedMemory,
            int sizeCpu,
            int sizeMemory) {
        TaskDefinitionFacts facts =
                new TaskDefinitionFacts("arn", "bridge", Set.of("EC2"), cpu, memory, Set.of(), CONTAINERS);
        assertThat(facts.sizeOf(work(null, wantedCpu, wantedMemory))).isEqualTo(new TaskSize(sizeCpu, sizeMemory));
    }

    @Test
    void overridesGoToTheNamedContainerOrElseToTheFirstEssentialOne() {
        TaskDefinitionFacts facts =
                new TaskDefinitionFacts("arn", "awsvpc", Set.of("EC2"), null, null, Set.of(), CONTAINERS);
        assertThat(facts.target(null)).map(TaskDefinitionFacts.Container::name).contains("main");
        assertThat(facts.target("sidecar")).isPresent();
        assertThat(facts.target("other")).isEmpty();
        assertThat(facts.sizeOf(work("sidecar", 100, null))).isEqualTo(new TaskSize(356, 640));
        assertThat(facts.needsNetwork()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "bridge, , false, true",
        "none, , false, true",
        "awsvpc, , false, false",
        "bridge, HOST_PORT, false, false",
        "bridge, DEVICE, false, false",
        "bridge, CONSTRAINT, false, false",
        "bridge, , true, false",
    })
    void sizeDecidesWhereNothingElseIsAskedOfAnInstance(
            String networkMode, TaskDefinitionFacts.@Nullable Demand demand, boolean constrained, boolean decides) {
        TaskDefinitionFacts facts = new TaskDefinitionFacts(
                "arn", networkMode, Set.of("EC2"), null, null, demand == null ? Set.of() : Set.of(demand), CONTAINERS);
        Placement placement = new Placement(
                constrained ? List.of(new Placement.Constraint.DistinctInstance()) : List.of(), List.of());
        assertThat(facts.sizeDecides(new ContainerWork("job", null, null, Map.of(), null, null, placement, Map.of())))
                .isEqualTo(decides);
    }

    private static ContainerWork work(@Nullable String container, @Nullable Integer cpu, @Nullable Integer memory) {
        return new ContainerWork("job", container, null, Map.of(), cpu, memory, Placement.ANYWHERE, Map.of());
    }
}
