package dev.spillway.capacitymetric.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** The two alarms on whatever fleet there is. */
class AlarmsTest {

    private static final ContainerSize CONFIGURED = new ContainerSize(1_024, 2_048, 0);

    @Property(seed = "20261101")
    void never_both_fire(
            @ForAll("fleets") List<Instance> fleet,
            @ForAll("largest") LargestSizes largest,
            @ForAll @IntRange(max = 5) int headroom,
            @ForAll @IntRange(max = 2) int demand) {
        boolean low = low(fleet, largest, headroom, demand);
        boolean high = high(fleet, largest, headroom, demand);

        assertThat(low && high).isFalse();
        Statistics.label("fires").collect(low ? "low" : high ? "high" : "none").coverage(fires -> {
            fires.check("low").percentage(share -> share > 5);
            fires.check("high").percentage(share -> share > 5);
            fires.check("none").percentage(share -> share > 5);
        });
    }

    @Property(seed = "20261101")
    void a_scale_in_of_any_one_instance_calls_for_no_other(
            @ForAll("fleets") List<Instance> fleet,
            @ForAll("largest") LargestSizes largest,
            @ForAll @IntRange(max = 5) int headroom,
            @ForAll @IntRange(max = 2) int demand) {
        if (high(fleet, largest, headroom, demand)) {
            for (int i = 0; i < fleet.size(); i++) {
                assertThat(low(without(i, fleet), largest, headroom, demand)).isFalse();
            }
        }
    }

    @Property(seed = "20261101")
    void nor_does_it_where_the_sizes_are_chosen_anew_without_the_instance(
            @ForAll("fleets") List<Instance> fleet,
            @ForAll("seen") List<ContainerSize> seen,
            @ForAll @IntRange(max = 2) int headroom,
            @ForAll @IntRange(max = 2) int demand) {
        boolean high = high(fleet, LargestSizes.of(seen, fleet, CONFIGURED), headroom, demand);
        if (high) {
            for (int i = 0; i < fleet.size(); i++) {
                List<Instance> rest = without(i, fleet);
                assertThat(low(rest, LargestSizes.of(seen, rest, CONFIGURED), headroom, demand))
                        .isFalse();
            }
        }
        Statistics.label("high")
                .collect(high)
                .coverage(share -> share.check(true).percentage(percent -> percent > 5));
    }

    @Property(seed = "20261101")
    void an_empty_cluster_scales_out_for_headroom_or_demand_only(
            @ForAll("largest") LargestSizes largest,
            @ForAll @IntRange(max = 5) int headroom,
            @ForAll @IntRange(max = 2) int demand) {
        assertThat(low(List.of(), largest, headroom, demand)).isEqualTo(headroom > 0 || demand > 0);
        assertThat(high(List.of(), largest, headroom, demand)).isFalse();
    }

    @Example
    void an_idle_fleet_without_headroom_goes_down_to_nothing() {
        ContainerSize type = new ContainerSize(2_048, 4_096, 0);
        List<Instance> fleet = List.of(Fleets.instance("spot", type, type));

        assertThat(high(fleet, LargestSizes.configured(CONFIGURED), 0, 0)).isTrue();
        assertThat(high(fleet, LargestSizes.configured(CONFIGURED), 0, 1)).isFalse();
    }

    @Example
    void nothing_goes_for_a_container_that_no_instance_holds() {
        ContainerSize type = new ContainerSize(2_048, 4_096, 0);
        List<Instance> fleet = List.of(Fleets.instance("spot", type, type), Fleets.instance("spot", type, type));

        assertThat(high(fleet, LargestSizes.configured(new ContainerSize(4_096, 1, 0)), 0, 0))
                .isFalse();
    }

    private static boolean low(List<Instance> fleet, LargestSizes largest, int headroom, int demand) {
        return new Alarms(headroom).low(SchedulableContainers.count(fleet, largest, any -> true), demand);
    }

    private static boolean high(List<Instance> fleet, LargestSizes largest, int headroom, int demand) {
        return new Alarms(headroom)
                .high(
                        SchedulableContainers.count(fleet, largest, any -> true),
                        SchedulableContainers.perInstance(fleet, largest),
                        demand);
    }

    private static List<Instance> without(int index, List<Instance> fleet) {
        List<Instance> rest = new ArrayList<>(fleet);
        rest.remove(index);
        return rest;
    }

    @Provide
    Arbitrary<List<Instance>> fleets() {
        return Fleets.fleets();
    }

    @Provide
    Arbitrary<LargestSizes> largest() {
        return Fleets.largest();
    }

    @Provide
    Arbitrary<List<ContainerSize>> seen() {
        return Fleets.sizes().list().ofMaxSize(5);
    }
}
