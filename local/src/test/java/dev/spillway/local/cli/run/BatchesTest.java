package dev.spillway.local.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

    @Test
    void holdTenMessagesAtMost() {
        List<Line> lines =
                IntStream.rangeClosed(1, 23).mapToObj(n -> new Line(n, "{}")).toList();

        assertThat(Batches.of(lines)).extracting(List::size).containsExactly(10, 10, 3);
        assertThat(Batches.of(lines).stream().flatMap(List::stream)).containsExactlyElementsOf(lines);
    }

    @Test
    void holdOneMebibyteAtMostCountedInBytes() {
        // Each ü is two bytes: three of these are 2 bytes more than a mebibyte.
        String third = "ü".repeat((1 << 20) / 6 + 1);
        List<Line> lines =
                IntStream.rangeClosed(1, 4).mapToObj(n -> new Line(n, third)).toList();

        assertThat(Batches.of(lines)).extracting(List::size).containsExactly(2, 2);
    }

    @Test
    void takeALineOfTheLargestSize() {
        List<Line> lines = List.of(new Line(1, "{}"), new Line(2, "x".repeat(1 << 20)), new Line(3, "{}"));

        assertThat(Batches.of(lines)).extracting(List::size).containsExactly(1, 1, 1);
    }
}
