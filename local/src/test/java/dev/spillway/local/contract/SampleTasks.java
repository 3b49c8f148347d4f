package dev.spillway.local.contract;

import dev.spillway.common.store.TaskIndex.Summary;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Records to store, named as a test reads best. */
final class SampleTasks {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    static final List<CapacityType> CHAIN = List.of(CapacityType.EC2_SPOT, CapacityType.FARGATE);

    private SampleTasks() {}

    static TaskRecord.Builder launching(String id) {
        return TaskRecord.first(new TaskId(id), TaskStatus.LAUNCHING, NOON, NOON, "claimed");
    }

    static TaskRecord.Builder ended(String id, TaskStatus end) {
        return TaskRecord.first(new TaskId(id), end, NOON, NOON, "over");
    }

    static TaskRecord.Builder waiting(String id, int priority, Instant createdAt) {
        TaskId taskId = new TaskId(id);
        ContainerWork work =
                new ContainerWork("render", null, null, Map.of(), null, null, Placement.ANYWHERE, Map.of());
        return TaskRecord.first(taskId, TaskStatus.WAITING, createdAt, NOON, "no room")
                .request(new TaskRequest(taskId, work, null, CHAIN, priority, RetryPolicy.NONE, null, null));
    }

    /** Ids that {@link String#hashCode} does not tell apart, so that a store that shards by it has them in one shard. */
    static Stream<TaskId> idsOfOneHash(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new TaskId(
                        Integer.toBinaryString(n | 1 << 20).replace("0", "Aa").replace("1", "BB")));
    }

    static Summary summary(TaskRecord task) {
        return new Summary(
                task.taskId(), task.status(), task.capacityType(), task.createdAt(), task.updatedAt(), task.reason());
    }

    /** 1 to count in an order that is always the same, and not sorted. */
    static List<Integer> shuffled(int count) {
        List<Integer> numbers = IntStream.rangeClosed(1, count).boxed().collect(Collectors.toList());
        Collections.shuffle(numbers, new Random(1));
        return numbers;
    }

    static TaskId[] numbered(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> new TaskId("task-" + n))
                .toArray(TaskId[]::new);
    }

    static TaskId[] ids(String... ids) {
        return Stream.of(ids).map(TaskId::new).toArray(TaskId[]::new);
    }
}
