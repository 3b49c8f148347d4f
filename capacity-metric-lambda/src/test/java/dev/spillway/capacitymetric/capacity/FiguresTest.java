package dev.spillway.capacitymetric.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.spillway.capacitymetric.capacity.Figure.Part;
import dev.spillway.capacitymetric.capacity.Figure.Unit;
import dev.spillway.common.store.TaskIndex.Waiting;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** When those were sent who wait: they have run meanwhile, and lost their place. */
    private static final Instant LONG_AGO = NOON.minus(Duration.ofDays(1));

    private static final ContainerSize TYPE = new ContainerSize(4_096, 8_192, 0);
    private static final LargestSizes LARGEST = LargestSizes.configured(new ContainerSize(1_024, 1_024, 0));
    private static final WaitingTasks NOBODY = WaitingTasks.of(Stream.empty());

    @Test
    void say_what_a_mixed_cluster_has() {
        List<Instance> cluster = List.of(
                Fleets.instance("spot", TYPE, new ContainerSize(3_072, 4_096, 0)),
                Fleets.instance("on-demand", TYPE, TYPE),
                Fleets.instance("", TYPE, new ContainerSize(1_024, 8_192, 0)),
                Fleets.instance(InstanceState.DRAINING, "spot", TYPE, TYPE),
                Fleets.instance(InstanceState.DISCONNECTED, "spot", TYPE, TYPE),
                Fleets.instance(InstanceState.REGISTERING, "spot", TYPE, TYPE));

        assertThat(values(cluster, NOBODY))
                .containsOnly(
                        entry("SchedulableContainers", 8.0),
                        entry("SchedulableContainers.EC2_SPOT", 3.0),
                        entry("SchedulableContainers.EC2_ON_DEMAND", 4.0),
                        entry("ContainersPerInstance", 4.0),
                        // 4,096 of 12,288 CPU units, and 4,096 of 24,576 MiB.
                        entry("ClusterCpuReserved", 100.0 / 3),
                        entry("ClusterMemoryReserved", 100.0 / 6),
                        entry("ContainerInstances.ACTIVE", 3.0),
                        entry("ContainerInstances.DISCONNECTED", 1.0),
                        entry("ContainerInstances.DRAINING", 1.0),
                        entry("ContainerInstances.REGISTERING", 1.0),
                        entry("WaitingTasks", 0.0),
                        entry("WaitingTasksForInstances", 0.0),
                        entry("WaitingTasksForInstances.EC2_SPOT", 0.0),
                        entry("OldestWaitSeconds", 0.0));
    }

    @Test
    void leave_out_of_an_empty_cluster_what_there_is_no_number_for() {
        assertThat(values(List.of(), NOBODY))
                .containsEntry("SchedulableContainers", 0.0)
                .containsEntry("SchedulableContainers.EC2_SPOT", 0.0)
                .containsEntry("ContainerInstances.ACTIVE", 0.0)
                .doesNotContainKeys("ContainersPerInstance", "ClusterCpuReserved", "ClusterMemoryReserved");
    }

    @Test
    void leave_out_the_share_of_what_no_instance_registers() {
        ContainerSize noCpu = new ContainerSize(0, 8_192, 0);

        assertThat(values(List.of(Fleets.instance("spot", noCpu, noCpu)), NOBODY))
                .containsEntry("SchedulableContainers", 0.0)
                .containsEntry("ClusterMemoryReserved", 0.0)
                .doesNotContainKeys("ClusterCpuReserved", "ContainersPerInstance");
    }

    @Test
    void say_who_waits_and_who_of_them_for_instances() {
        WaitingTasks waiting = WaitingTasks.of(Stream.of(
                waiting(90, CapacityType.FARGATE),
                waiting(30, CapacityType.EC2_SPOT, CapacityType.FARGATE),
                waiting(10, CapacityType.FARGATE_SPOT, CapacityType.EC2),
                waiting(20, CapacityType.EC2_ON_DEMAND, CapacityType.FARGATE),
                waiting(600, CapacityType.LAMBDA)));

        assertThat(values(List.of(), waiting))
                .containsEntry("WaitingTasks", 5.0)
                .containsEntry("WaitingTasksForInstances", 3.0)
                .containsEntry("WaitingTasksForInstances.EC2_SPOT", 2.0)
                .containsEntry("OldestWaitSeconds", 600.0);
    }

    @Test
    void say_zero_of_a_wait_that_another_clock_lets_begin_in_the_future() {
        assertThat(values(List.of(), WaitingTasks.of(Stream.of(waiting(-5, CapacityType.EC2)))))
                .containsEntry("OldestWaitSeconds", 0.0);
    }

    @Test
    void have_units_and_parts() {
        List<Figure> figures =
                Figures.of(ClusterCapacity.of(List.of(Fleets.instance("spot", TYPE, TYPE)), LARGEST), NOBODY, NOON);

        assertThat(figures)
                .contains(
                        new Figure("ClusterCpuReserved", null, 0, Unit.PERCENT),
                        new Figure("OldestWaitSeconds", null, 0, Unit.SECONDS),
                        new Figure("SchedulableContainers", new Part("CapacityType", "EC2_SPOT"), 4, Unit.COUNT),
                        new Figure("ContainerInstances", new Part("State", "ACTIVE"), 1, Unit.COUNT));
    }

    @Test
    void the_sizes_of_those_who_wait_for_instances_are_known_as_far_as_they_are() {
        TaskSize size = new TaskSize(256, 512);

        WaitingTasks waiting = WaitingTasks.of(Stream.of(
                waiting(1, size, CapacityType.EC2),
                waiting(2, size, CapacityType.EC2_SPOT),
                waiting(3, new TaskSize(1_024, 2_048), CapacityType.FARGATE),
                waiting(4, (TaskSize) null, CapacityType.EC2)));

        assertThat(waiting.sizes()).containsExactly(size);
    }

    private static Map<String, Double> values(List<Instance> cluster, WaitingTasks waiting) {
        return Figures.of(ClusterCapacity.of(cluster, LARGEST), waiting, NOON).stream()
                .collect(Collectors.toMap(Figure::label, Figure::value));
    }

    private static Waiting waiting(int seconds, CapacityType... chain) {
        return waiting(seconds, null, chain);
    }

    private static Waiting waiting(int seconds, @Nullable TaskSize size, CapacityType... chain) {
        return new Waiting(
                new TaskId("task-" + seconds * seconds),
                0,
                LONG_AGO,
                NOON.minusSeconds(seconds),
                List.of(chain),
                size == null ? null : new TaskNeeds(size, true, List.of(chain)),
                false);
    }
}
