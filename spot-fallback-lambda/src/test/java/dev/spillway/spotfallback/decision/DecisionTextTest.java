package dev.spillway.spotfallback.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.spotfallback.decision.Decision.Numbers;
import dev.spillway.spotfallback.decision.Decision.Reason;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionTextTest {

    static Stream<Arguments> decisions() {
        return Stream.of(
                Arguments.of(
                        new Decision.ScaleOut(3, new Numbers(6, 3, 1, 0, 10, 0, "UnfulfillableCapacity")),
                        "the on-demand group grows from 1 to 3 (bounds 0 to 10): Spot does not give 6 units"
                                + " (UnfulfillableCapacity), which are 3 instances"),
                Arguments.of(
                        new Decision.ScaleIn(0, new Numbers(0, 0, 3, 0, 10, 0, "")),
                        "the on-demand group shrinks from 3 to 0 (bounds 0 to 10): no Spot capacity is missing"),
                Arguments.of(
                        new Decision.NoAction(Reason.ENOUGH, new Numbers(1.5, 2, 2, 0, 10, 0, "")),
                        "the on-demand group stays at 2 (bounds 0 to 10): Spot does not give 1.5 units, which are 2 instances"),
                Arguments.of(
                        new Decision.NoAction(Reason.PENDING_UNTIL_RECENTLY, new Numbers(0, 0, 2, 0, 10, 0, "")),
                        "the on-demand group stays at 2 (bounds 0 to 10): no Spot capacity is missing, and more was until recently"),
                Arguments.of(
                        new Decision.NoAction(Reason.AT_MAXIMUM, new Numbers(6, 6, 4, 0, 4, 2, "")),
                        "the on-demand group stays at 4 (bounds 0 to 4): Spot does not give 6 units, which are 6 instances,"
                                + " 2 more than it may have"),
                Arguments.of(
                        new Decision.Unknown("the target capacity of group spot"),
                        "the on-demand group stays as it is: the target capacity of group spot is not known"),
                Arguments.of(
                        new Decision.TargetChanged("group spot from 2.0 to 4.0 after 2026-11-01T09:45:00Z"),
                        "the on-demand group stays as it is: what is wanted of Spot has changed,"
                                + " of group spot from 2.0 to 4.0 after 2026-11-01T09:45:00Z"));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void says_what_becomes_of_the_group_and_why(Decision decision, String sentence) {
        assertThat(DecisionText.of(decision)).isEqualTo(sentence);
    }
}
