package dev.spillway.local.page.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.local.cli.run.Records;
import dev.spillway.local.page.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private final History history = new History(8, Duration.ofSeconds(1));

    @Test
    void the_points_after_an_instant_are_told_in_their_order() {
        add(1, 2, 3);

        assertThat(seconds(history.after(Instant.MIN))).containsExactly(1, 2, 3);
        assertThat(seconds(history.after(at(2)))).containsExactly(3);
        assertThat(history.after(at(3))).isEmpty();
    }

    @Test
    void a_point_that_comes_too_soon_or_late_is_left_out() {
        history.add(point(at(1)));
        history.add(point(at(1).plusMillis(999)));
        history.add(point(at(0)));

        assertThat(seconds(history.after(Instant.MIN))).containsExactly(1);
    }

    @Test
    void a_full_history_keeps_every_second_point_and_goes_on_half_as_often() {
        add(IntStream.rangeClosed(1, 20).toArray());

        assertThat(seconds(history.after(Instant.MIN))).containsExactly(1, 5, 9, 13, 17);
    }

    @Test
    void however_long_it_goes_on_it_has_a_bound_and_knows_the_beginning_and_the_end() {
        add(IntStream.rangeClosed(1, 100_000).toArray());

        List<Integer> seconds = seconds(history.after(Instant.MIN));
        assertThat(seconds).hasSizeBetween(4, 8).startsWith(1).isSorted();
        assertThat(seconds.getLast()).isGreaterThan(80_000);
    }

    private void add(int... seconds) {
        IntStream.of(seconds).forEach(second -> history.add(point(at(second))));
    }

    private static List<Integer> seconds(List<Point> points) {
        return points.stream()
                .map(point -> (int) Duration.between(Records.SENT, point.at()).toSeconds())
                .toList();
    }

    private static Instant at(int second) {
        return Records.SENT.plusSeconds(second);
    }

    private static Point point(Instant at) {
        return new Point(at, Map.of(), 0, 0);
    }
}
