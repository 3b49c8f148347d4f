package dev.spillway.capacitymetric.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.spillway.common.task.TaskSize;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SchedulableContainersTest {

    private static final ContainerSize LARGE = new ContainerSize(8_192, 16_384, 0);
    private static final LargestSizes LARGEST = LargestSizes.configured(new ContainerSize(1_024, 2_048, 0));

    @ParameterizedTest
    @CsvSource(textBlock = """
        # container: cpu, memory, gpus; room: cpu, memory, gpus; how many
        1024, 2048, 0, 4096,  8192, 0, 4
        1024, 2048, 0, 4095,  8192, 0, 3
        1024, 2048, 0, 4096,  4095, 0, 1
        1024, 2048, 0, 1023,  8192, 0, 0
        1024, 2048, 0,   -1, 99999, 0, 0
        1024, 2048, 0,    0,  8192, 0, 0
           0, 2048, 0,    0,  8192, 0, 4
           0, 2048, 0, -512,  8192, 0, 4
        1024,    0, 0, 4096,     0, 0, 4
        1024, 2048, 1, 4096,  8192, 2, 2
        1024, 2048, 2, 4096,  8192, 1, 0
        1024, 2048, 0, 4096,  8192, 8, 4
        """)
    void as_many_fit_as_the_scarcest_resource_holds(
            int cpu, int memory, int gpus, int freeCpu, int freeMemory, int freeGpus, int times) {
        assertThat(new ContainerSize(cpu, memory, gpus).timesIn(new TaskSize(freeCpu, freeMemory), freeGpus))
                .isEqualTo(times);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "-1, 512, 0", "1, -1, 0", "1, 1, -1"})
    void a_container_takes_something_and_nothing_less_than_nothing(int cpu, int memory, int gpus) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ContainerSize(cpu, memory, gpus));
    }

    @Test
    void what_is_left_over_on_several_instances_does_not_add_up() {
        ContainerSize left = new ContainerSize(1_000, 2_000, 0);

        assertThat(count(List.of(instance(left), instance(left), instance(LARGE)), LARGEST))
                .isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(value = InstanceState.class, mode = EnumSource.Mode.EXCLUDE, names = "ACTIVE")
    void only_instances_that_take_tasks_count(InstanceState state) {
        List<Instance> fleet = List.of(Fleets.instance(state, "spot", LARGE, LARGE));

        assertThat(count(fleet, LARGEST)).isZero();
        assertThat(SchedulableContainers.perInstance(fleet, LARGEST)).isEmpty();
    }

    @Test
    void an_instance_holds_empty_what_it_registered_whatever_runs_on_it() {
        List<Instance> fleet = List.of(instance(new ContainerSize(1, 1, 0)));

        assertThat(count(fleet, LARGEST)).isZero();
        assertThat(SchedulableContainers.perInstance(fleet, LARGEST)).hasValue(8);
    }

    @Test
    void of_mixed_types_the_roomiest_says_how_many_one_holds() {
        ContainerSize small = new ContainerSize(2_048, 4_096, 0);

        assertThat(SchedulableContainers.perInstance(
                        List.of(Fleets.instance("spot", small, small), instance(LARGE)), LARGEST))
                .hasValue(8);
    }

    @Test
    void there_is_no_number_for_one_instance_where_none_holds_any() {
        assertThat(SchedulableContainers.perInstance(List.of(), LARGEST)).isEmpty();
        assertThat(SchedulableContainers.perInstance(
                        List.of(instance(LARGE)), LargestSizes.configured(new ContainerSize(9_000, 1, 0))))
                .isEmpty();
    }

    @Test
    void of_several_sizes_the_least_that_fits_and_the_most_that_one_instance_holds_count() {
        LargestSizes two =
                new LargestSizes(List.of(new ContainerSize(4_096, 512, 0), new ContainerSize(256, 4_096, 0)));

        assertThat(count(List.of(instance(LARGE)), two)).isEqualTo(2);
        assertThat(SchedulableContainers.perInstance(List.of(instance(LARGE)), two))
                .hasValue(4);
    }

    @Test
    void a_full_cluster_of_the_smallest_containers_can_be_counted() {
        ContainerSize huge = new ContainerSize(Integer.MAX_VALUE, Integer.MAX_VALUE, 0);
        LargestSizes smallest = LargestSizes.configured(new ContainerSize(0, 1, 0));

        assertThat(count(List.of(Fleets.instance("", huge, huge), Fleets.instance("", huge, huge)), smallest))
                .isEqualTo(2L * Integer.MAX_VALUE);
    }

    @Property(seed = "20261101")
    void an_instance_more_never_makes_it_fewer(
            @ForAll("fleets") List<Instance> fleet, @ForAll("largest") LargestSizes largest) {
        for (int n = 0; n < fleet.size(); n++) {
            assertThat(count(fleet.subList(0, n), largest))
                    .isLessThanOrEqualTo(count(fleet.subList(0, n + 1), largest));
        }
    }

    @Property(seed = "20261101")
    void an_instance_less_makes_it_fewer_by_what_one_holds_at_most(
            @ForAll("fleets") List<Instance> fleet, @ForAll("largest") LargestSizes largest) {
        long most = SchedulableContainers.perInstance(fleet, largest).orElse(0);
        for (int i = 0; i < fleet.size(); i++) {
            List<Instance> rest = new ArrayList<>(fleet);
            rest.remove(i);
            assertThat(count(fleet, largest) - count(rest, largest)).isBetween(0L, most);
        }
    }

    @Property(seed = "20261101")
    void the_kinds_of_capacity_come_to_no_more_than_the_whole(
            @ForAll("fleets") List<Instance> fleet, @ForAll("largest") LargestSizes largest) {
        ClusterCapacity capacity = ClusterCapacity.of(fleet, largest);

        assertThat(capacity.schedulableOf().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isLessThanOrEqualTo(capacity.schedulable());
    }

    private static long count(List<Instance> fleet, LargestSizes largest) {
        return SchedulableContainers.count(fleet, largest, any -> true);
    }

    private static Instance instance(ContainerSize free) {
        return Fleets.instance("spot", LARGE, free);
    }

    @Provide
    Arbitrary<List<Instance>> fleets() {
        return Fleets.fleets();
    }

    @Provide
    Arbitrary<LargestSizes> largest() {
        return Fleets.largest();
    }
}
