package dev.spillway.spotfallback.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.spotfallback.decision.Decision.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackRuleTest {

    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final Duration QUIET = Duration.ofMinutes(10);

    /** The target has been 20 for long; what is pending has been so for long, too. */
    @ParameterizedTest
    @CsvSource({
        // pending, weight, desired, min, max: decision
        "0,   1, 0, 0, 10, NoAction ENOUGH",
        "3,   1, 0, 0, 10, ScaleOut 3",
        "3,   1, 2, 0, 10, ScaleOut 3",
        "3,   1, 3, 0, 10, NoAction ENOUGH",
        "3,   1, 5, 0, 10, ScaleIn 3",
        "0,   1, 5, 0, 10, ScaleIn 0",
        "0,   1, 5, 2, 10, ScaleIn 2",
        "0,   1, 2, 2, 10, NoAction ENOUGH",
        "0,   1, 0, 2, 10, ScaleOut 2",
        "30,  1, 0, 0, 10, ScaleOut 10",
        "30,  1, 10, 0, 10, NoAction AT_MAXIMUM",
        "10,  1, 10, 0, 10, NoAction ENOUGH",
        "30,  1, 12, 0, 10, ScaleIn 10",
        "1,   4, 0, 0, 10, ScaleOut 1",
        "8,   4, 0, 0, 10, ScaleOut 2",
        "9,   4, 0, 0, 10, ScaleOut 3",
        "0.30000000000000004, 0.1, 0, 0, 10, ScaleOut 3",
        "2.5, 1, 0, 0, 10, ScaleOut 3",
        "-4,  1, 0, 0, 10, NoAction ENOUGH",
        "1e300, 1, 0, 0, 10, ScaleOut 10"
    })
    void what_is_missing_becomes_on_demand_instances(
            double pending, double weight, int desired, int min, int max, String expected) {
        Decision decision = new FallbackRule(QUIET, weight)
                .decide(List.of(steady(pending)), new OnDemandFacts("on-demand", desired, min, max), NOW);
        assertThat(shown(decision)).isEqualTo(expected);
    }

    @Test
    void the_numbers_and_the_shortfall_are_in_the_decision() {
        SpotFacts spot = new SpotFacts("group spot", series(20), series(30), "no capacity in us-east-1b");
        assertThat(new FallbackRule(QUIET, 2).decide(List.of(spot), new OnDemandFacts("on-demand", 3, 0, 10), NOW))
                .isEqualTo(new Decision.ScaleOut(10, new Numbers(30, 15, 3, 0, 10, 5, "no capacity in us-east-1b")));
    }

    @Test
    void what_two_sources_miss_adds_up_and_neither_makes_up_for_the_other() {
        assertThat(decide(0, steady(3), steady(2))).isEqualTo("ScaleOut 5");
        assertThat(decide(0, steady(3), steady(-2))).isEqualTo("ScaleOut 3");
    }

    @Nested
    class A_new_target_gets_its_time {

        @ParameterizedTest
        @CsvSource({"0, true", "1, true", "9, true", "10, false", "11, false"})
        void for_as_long_as_the_quiet_time(int minutesAgo, boolean waits) {
            List<Sample> targets = new ArrayList<>();
            for (int minute = 20; minute >= 0; minute--) {
                targets.add(ago(minute, minute > minutesAgo ? 10 : 20));
            }
            Decision decision = rule().decide(List.of(new SpotFacts("fleet", targets, series(5), "")), group(0), NOW);
            assertThat(decision instanceof Decision.TargetChanged).isEqualTo(waits);
        }

        @Test
        void also_if_it_came_back_to_what_it_was() {
            List<Sample> targets = List.of(ago(15, 20), ago(8, 30), ago(7, 20), ago(1, 20));
            assertThat(decide(0, new SpotFacts("fleet", targets, series(5), "")))
                    .isEqualTo("TargetChanged");
        }

        @Test
        void and_says_what_changed() {
            List<Sample> targets = List.of(ago(15, 10), ago(5, 20), ago(1, 20));
            assertThat(rule().decide(List.of(new SpotFacts("fleet", targets, series(5), "")), group(0), NOW))
                    .isEqualTo(new Decision.TargetChanged("fleet from 10.0 to 20.0 after 2026-11-01T09:45:00Z"));
        }

        @Test
        void for_all_sources() {
            List<Sample> changed = List.of(ago(15, 10), ago(1, 20));
            assertThat(decide(0, steady(5), new SpotFacts("fleet", changed, series(5), "")))
                    .isEqualTo("TargetChanged");
        }
    }

    /** Whatever is missing, on-demand stays as it is: neither what is there nor what is not is guessed. */
    @Nested
    class What_is_not_known_changes_nothing {

        @Test
        void no_pending_capacity() {
            assertThat(rule().decide(List.of(new SpotFacts("fleet sfr-1", series(20), List.of(), "")), group(5), NOW))
                    .isEqualTo(new Decision.Unknown("the pending capacity of fleet sfr-1"));
        }

        @Test
        void no_target() {
            assertThat(decide(5, new SpotFacts("fleet", List.of(), series(3), "")))
                    .isEqualTo("Unknown");
        }

        @ParameterizedTest
        @CsvSource({"6, ScaleOut 3", "7, Unknown"})
        void values_that_are_too_old(int minutesAgo, String expected) {
            List<Sample> old = List.of(ago(15, 3), ago(minutesAgo, 3));
            assertThat(decide(0, new SpotFacts("fleet", series(20), old, ""))).isEqualTo(expected);
            List<Sample> oldTarget = List.of(ago(15, 20), ago(minutesAgo, 20));
            assertThat(decide(0, new SpotFacts("fleet", oldTarget, series(3), "")))
                    .isEqualTo(expected);
        }

        @Test
        void a_target_that_is_known_only_since_a_moment_ago() {
            SpotFacts young = new SpotFacts("fleet", List.of(ago(9, 20), ago(0, 20)), series(3), "");
            assertThat(decide(0, young)).isEqualTo("Unknown");
        }

        @Test
        void one_of_two_sources() {
            SpotFacts unknown = new SpotFacts("fleet", series(20), List.of(), "");
            assertThat(decide(0, steady(3), unknown)).isEqualTo("Unknown");
        }
    }

    @Nested
    class It_scales_in_no_further_than_was_enough_for_the_whole_quiet_time {

        @ParameterizedTest
        @CsvSource({
            // pending 8 minutes ago, now, desired: decision
            "5, 3, 5, NoAction PENDING_UNTIL_RECENTLY",
            "5, 3, 7, ScaleIn 5",
            "3, 3, 7, ScaleIn 3",
            "1, 3, 7, ScaleIn 3",
            "5, 6, 5, ScaleOut 6",
            "5, 0, 5, NoAction PENDING_UNTIL_RECENTLY",
            "3, 0, 7, ScaleIn 3",
            "0, 0, 7, ScaleIn 0"
        })
        void with_a_peak_in_the_quiet_time(double earlier, double pending, int desired, String expected) {
            List<Sample> pendings = List.of(ago(12, pending), ago(8, earlier), ago(0, pending));
            assertThat(decide(desired, new SpotFacts("fleet", series(20), pendings, "")))
                    .isEqualTo(expected);
        }

        @Test
        void a_peak_before_that_is_forgotten() {
            List<Sample> pendings = List.of(ago(14, 9), ago(11, 3), ago(0, 3));
            assertThat(decide(7, new SpotFacts("fleet", series(20), pendings, "")))
                    .isEqualTo("ScaleIn 3");
        }

        @Test
        void and_not_at_all_if_it_is_not_known_for_so_long() {
            List<Sample> pendings = List.of(ago(5, 3), ago(0, 3));
            assertThat(decide(7, new SpotFacts("fleet", series(20), pendings, "")))
                    .isEqualTo("NoAction PENDING_UNTIL_RECENTLY");
            assertThat(decide(2, new SpotFacts("fleet", series(20), pendings, "")))
                    .isEqualTo("ScaleOut 3");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 2})
        void so_that_Spot_that_comes_and_goes_each_minute_ends_no_instance(int least) {
            List<Sample> pendings = new ArrayList<>();
            for (int minute = 20; minute >= 0; minute--) {
                pendings.add(ago(minute, minute % 2 == 0 ? least : 6));
            }
            assertThat(decide(6, new SpotFacts("fleet", series(20), pendings, "")))
                    .isEqualTo("NoAction PENDING_UNTIL_RECENTLY");
        }
    }

    @Test
    void the_order_of_the_values_does_not_matter() {
        SpotFacts facts = new SpotFacts("fleet", series(20).reversed(), List.of(ago(0, 3), ago(15, 9)), "");
        assertThat(decide(0, facts)).isEqualTo("ScaleOut 3");
    }

    private static FallbackRule rule() {
        return new FallbackRule(QUIET, 1);
    }

    private static String decide(int desired, SpotFacts... spot) {
        return shown(rule().decide(List.of(spot), group(desired), NOW));
    }

    private static OnDemandFacts group(int desired) {
        return new OnDemandFacts("on-demand", desired, 0, 10);
    }

    private static SpotFacts steady(double pending) {
        return new SpotFacts("fleet", series(20), series(pending), "");
    }

    private static List<Sample> series(double value) {
        return List.of(ago(20, value), ago(10, value), ago(1, value));
    }

    private static Sample ago(int minutes, double value) {
        return new Sample(NOW.minus(Duration.ofMinutes(minutes)), value);
    }

    private static String shown(Decision decision) {
        return switch (decision) {
            case Decision.ScaleOut out -> "ScaleOut " + out.to();
            case Decision.ScaleIn in -> "ScaleIn " + in.to();
            case Decision.NoAction none -> "NoAction " + none.reason();
            case Decision.Unknown unknown -> "Unknown";
            case Decision.TargetChanged changed -> "TargetChanged";
        };
    }
}
