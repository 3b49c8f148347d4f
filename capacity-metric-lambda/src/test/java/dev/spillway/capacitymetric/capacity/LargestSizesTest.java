package dev.spillway.capacitymetric.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LargestSizesTest {

    private static final ContainerSize CONFIGURED = new ContainerSize(512, 512, 0);
    private static final ContainerSize TYPE = new ContainerSize(4_096, 8_192, 0);
    private static final List<Instance> FLEET = List.of(Fleets.instance("spot", TYPE, TYPE));

    @Test
    void one_that_covers_all_others_counts_alone() {
        assertThat(of(FLEET, size(256, 512), size(1_024, 2_048), size(1_024, 1_024), size(1_024, 2_048)))
                .containsExactly(size(1_024, 2_048));
    }

    @Test
    void much_cpu_and_much_memory_are_not_made_into_one_container() {
        assertThat(of(FLEET, size(4_096, 512), size(256, 8_192), size(256, 512)))
                .containsExactly(size(4_096, 512), size(256, 8_192));
    }

    @Test
    void what_no_instance_could_ever_hold_is_left_out_and_what_it_covered_counts() {
        assertThat(of(FLEET, size(8_192, 8_192), size(1_024, 2_048))).containsExactly(size(1_024, 2_048));
    }

    @Test
    void what_an_instance_could_hold_if_it_were_empty_counts() {
        List<Instance> full = List.of(Fleets.instance("spot", TYPE, size(1, 1)));

        assertThat(of(full, TYPE)).containsExactly(TYPE);
    }

    @Test
    void without_an_instance_that_takes_tasks_nothing_is_too_large() {
        List<Instance> draining = List.of(Fleets.instance(InstanceState.DRAINING, "spot", TYPE, TYPE));

        assertThat(of(draining, size(8_192, 8_192))).containsExactly(size(8_192, 8_192));
        assertThat(of(List.of(), size(8_192, 8_192))).containsExactly(size(8_192, 8_192));
    }

    @Test
    void the_configured_size_counts_where_nothing_was_seen_or_nothing_seen_fits() {
        assertThat(of(FLEET)).containsExactly(CONFIGURED);
        assertThat(of(FLEET, size(8_192, 8_192))).containsExactly(CONFIGURED);
    }

    @Test
    void the_configured_size_does_not_count_beside_a_smaller_one_that_was_seen() {
        assertThat(of(FLEET, size(128, 128))).containsExactly(size(128, 128));
    }

    @Property(seed = "20261101")
    void wherever_the_largest_fit_every_size_fits_that_can(
            @ForAll("fleets") List<Instance> fleet, @ForAll("seen") List<ContainerSize> seen) {
        LargestSizes largest = LargestSizes.of(seen, fleet, CONFIGURED);
        for (Instance instance : fleet) {
            if (instance.state() == InstanceState.ACTIVE
                    && largest.sizes().stream().allMatch(size -> instance.holdsNow(size) > 0)) {
                assertThat(seen.stream().filter(size -> fits(size, fleet)))
                        .allMatch(size -> instance.holdsNow(size) > 0);
            }
        }
        assertThat(largest.sizes())
                .allSatisfy(one -> assertThat(largest.sizes())
                        .filteredOn(other -> other.covers(one))
                        .containsExactly(one));
    }

    private static boolean fits(ContainerSize size, List<Instance> fleet) {
        return fleet.stream()
                .anyMatch(instance -> instance.state() == InstanceState.ACTIVE && instance.holdsEmpty(size) > 0);
    }

    private static List<ContainerSize> of(List<Instance> instances, ContainerSize... seen) {
        return LargestSizes.of(List.of(seen), instances, CONFIGURED).sizes();
    }

    private static ContainerSize size(int cpu, int memory) {
        return new ContainerSize(cpu, memory, 0);
    }

    @Provide
    Arbitrary<List<Instance>> fleets() {
        return Fleets.fleets();
    }

    @Provide
    Arbitrary<List<ContainerSize>> seen() {
        return Fleets.sizes().list().ofMaxSize(6);
    }
}
