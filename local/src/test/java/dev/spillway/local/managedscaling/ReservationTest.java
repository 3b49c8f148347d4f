package dev.spillway.local.managedscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReservationTest {

    @ParameterizedTest(name = "{0} busy, {1} idle, {2} missing, steps {3} to {4}: {5} %")
    @CsvSource({
        // Nothing there, nothing wanted; and from nothing always the same, whatever is wanted.
        "0, 0, 0, 1, 100, 100",
        "0, 0, 1, 1, 100, 200",
        "0, 0, 50, 10, 100, 200",
        // Nobody waits: what is busy is needed.
        "4, 0, 0, 1, 100, 100",
        "3, 1, 0, 1, 100, 75",
        "0, 4, 0, 1, 100, 0",
        // Somebody waits: what is there is needed, and what is missing.
        "4, 0, 2, 1, 100, 150",
        "2, 1, 3, 1, 100, 200",
        "1, 0, 9, 1, 100, 1000",
        // Between the two steps.
        "4, 0, 1, 3, 100, 175",
        "4, 0, 9, 1, 5, 225",
    })
    void is_what_is_needed_as_a_part_of_what_is_there(
            int busy, int idle, int missing, int minimumStep, int maximumStep, double percent) {
        assertThat(Reservation.percent(busy, idle, missing, minimumStep, maximumStep))
                .isCloseTo(percent, within(1e-9));
    }
}
