package dev.spillway.common.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.spillway.common.store.TaskIndex.Waiting;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TaskTableTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Example
    void aTaskKeepsItsShardFromReleaseToRelease() {
        Map<String, Integer> shards = IntStream.rangeClosed(1, 4)
                .mapToObj(n -> "render-" + n)
                .collect(Collectors.toMap(id -> id, id -> TaskTable.shard(new TaskId(id))));

        assertThat(shards)
                .containsOnly(entry("render-1", 7), entry("render-2", 4), entry("render-3", 1), entry("render-4", 6));
    }

    @Example
    void idsThatAreCountedUpSpreadEvenly() {
        Map<Integer, Long> sizes = IntStream.range(0, 8_000)
                .mapToObj(n -> new TaskId("render-2026-11-21-" + n))
                .collect(Collectors.groupingBy(TaskTable::shard, Collectors.counting()));

        assertThat(sizes)
                .hasSize(TaskTable.SHARDS)
                .allSatisfy(
                        (shard, size) -> assertThat(size).as("shard %d", shard).isBetween(800L, 1_200L));
    }

    @Example
    void theWaitingOrderIsReadableInTheConsole() {
        Waiting waiting = new Waiting(new TaskId("a-1"), 7, NOON, NOON, List.of(CapacityType.EC2), null, false);

        assertThat(TaskTable.waitingOrder(waiting)).isEqualTo("093#2026-11-21T12:00:00.000000Z#a-1");
    }

    @Property(seed = "20261101")
    void theWaitingOrderSortsAsTheLine(@ForAll("places") Waiting one, @ForAll("places") Waiting other) {
        int asText = TaskTable.waitingOrder(one).compareTo(TaskTable.waitingOrder(other));

        assertThat(Integer.signum(asText)).isEqualTo(Integer.signum(IndexRules.IN_LINE.compare(one, other)));
    }

    /** Close to each other, so that priorities and ages often are the same. */
    @Provide
    Arbitrary<Waiting> places() {
        Arbitrary<String> ids =
                Arbitraries.strings().withChars("aB9_-").ofMinLength(1).ofMaxLength(3);
        Arbitrary<Integer> priorities = Arbitraries.of(0, 1, 9, 10, 99, 100);
        Arbitrary<Integer> ages = Arbitraries.of(0, 1, 999_999, 1_000_000);
        return Combinators.combine(ids, priorities, ages)
                .as((id, priority, micros) -> new Waiting(
                        new TaskId(id),
                        priority,
                        NOON.plus(Duration.ofNanos(micros * 1_000L)),
                        NOON,
                        List.of(CapacityType.EC2),
                        null,
                        false));
    }
}
