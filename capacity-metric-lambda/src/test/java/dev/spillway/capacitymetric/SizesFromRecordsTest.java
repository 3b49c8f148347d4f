package dev.spillway.capacitymetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.capacitymetric.capacity.ContainerSize;
import dev.spillway.capacitymetric.capacity.WaitingTasks;
import dev.spillway.common.store.InMemoryTaskStore;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskSize;
import dev.spillway.common.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class SizesFromRecordsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final ContainerSize CONFIGURED = new ContainerSize(100, 100, 1);
    private static final TaskSize SIZE = new TaskSize(512, 1_024);
    private static final WaitingTasks NOBODY = new WaitingTasks(0, 0, 0, Optional.empty(), Set.of());

    private final InMemoryTaskStore table = new InMemoryTaskStore();
    private final SizesFromRecords sizes = sizes(table);

    @Test
    void are_the_configured_one_while_nothing_has_run() {
        assertThat(largest(NOON)).containsExactly(CONFIGURED);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStatus.class,
            names = {"PLACED", "RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED"})
    void are_those_of_tasks_that_ran_with_the_gpus_that_are_configured(TaskStatus status) {
        ran(status, CapacityType.EC2_SPOT, SIZE, NOON);

        assertThat(largest(NOON)).containsExactly(new ContainerSize(512, 1_024, 1));
    }

    @ParameterizedTest
    @CsvSource({"FARGATE", "FARGATE_SPOT", "LAMBDA", ","})
    void are_not_those_of_tasks_that_ran_elsewhere(CapacityType type) {
        ran(TaskStatus.SUCCEEDED, type, SIZE, NOON);

        assertThat(largest(NOON)).containsExactly(CONFIGURED);
    }

    @Test
    void are_not_those_of_tasks_that_never_ran() {
        create(TaskRecord.first(new TaskId("t"), TaskStatus.FAILED, NOON, NOON, "no such image")
                .capacityType(CapacityType.EC2)
                .needs(needs(SIZE)));

        assertThat(largest(NOON)).containsExactly(CONFIGURED);
    }

    @Test
    void are_those_of_tasks_that_ended_in_the_last_hours_or_still_run() {
        Instant tooLongAgo = NOON.minus(Duration.ofHours(24)).minusSeconds(1);
        ran(TaskStatus.SUCCEEDED, CapacityType.EC2, new TaskSize(2_048, 1), NOON.minus(Duration.ofHours(24)));
        ran(TaskStatus.SUCCEEDED, CapacityType.EC2, new TaskSize(4_096, 4_096), tooLongAgo);
        ran(TaskStatus.RUNNING, CapacityType.EC2, new TaskSize(1, 2_048), tooLongAgo);

        assertThat(largest(NOON)).containsExactly(new ContainerSize(2_048, 1, 1), new ContainerSize(1, 2_048, 1));
    }

    @Test
    void are_those_who_wait_at_once() {
        assertThat(largest(NOON)).containsExactly(CONFIGURED);

        WaitingTasks waiting = new WaitingTasks(1, 1, 1, Optional.of(NOON), Set.of(SIZE, new TaskSize(0, 0)));

        assertThat(sizes.largest(List.of(), waiting, NOON).sizes()).containsExactly(new ContainerSize(512, 1_024, 1));
    }

    @Test
    void are_read_anew_after_some_minutes() {
        assertThat(largest(NOON)).containsExactly(CONFIGURED);
        ran(TaskStatus.RUNNING, CapacityType.EC2, SIZE, NOON);

        assertThat(largest(NOON.plus(SizesFromRecords.AGE).minusMillis(1))).containsExactly(CONFIGURED);
        assertThat(largest(NOON.plus(SizesFromRecords.AGE))).containsExactly(new ContainerSize(512, 1_024, 1));
    }

    @Test
    void are_those_of_many_tasks_read_at_the_same_time() {
        IntStream.rangeClosed(1, 300)
                .forEach(n -> ran(TaskStatus.SUCCEEDED, CapacityType.EC2, new TaskSize(n, n), NOON.minusSeconds(n)));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Set<TaskSize> seen = new TasksOnInstances(table, table, threads, Duration.ofHours(24)).sizes(NOON);
            assertThat(seen).hasSize(300).contains(new TaskSize(1, 1), new TaskSize(300, 300));
        }
    }

    @Test
    void fail_where_a_record_cannot_be_read_and_are_read_again_the_next_time() {
        ran(TaskStatus.RUNNING, CapacityType.EC2, SIZE, NOON);
        boolean[] broken = {true};
        SizesFromRecords unlucky = new SizesFromRecords(
                new TasksOnInstances(
                        table,
                        new FindingStore(id -> {
                            if (broken[0]) {
                                throw DynamoDbException.builder()
                                        .message("Throughput exceeds")
                                        .build();
                            }
                            return table.find(id);
                        }),
                        Runnable::run,
                        Duration.ofHours(24)),
                CONFIGURED);

        assertThatThrownBy(() -> unlucky.largest(List.of(), NOBODY, NOON)).isInstanceOf(DynamoDbException.class);
        broken[0] = false;
        assertThat(unlucky.largest(List.of(), NOBODY, NOON).sizes()).containsExactly(new ContainerSize(512, 1_024, 1));
    }

    @Test
    void are_not_those_of_tasks_that_are_forgotten_or_moved_on_since_they_were_listed() {
        ran(TaskStatus.RUNNING, CapacityType.EC2, SIZE, NOON);
        TasksOnInstances forgotten = new TasksOnInstances(
                table, new FindingStore(id -> Optional.empty()), Runnable::run, Duration.ofHours(24));
        TasksOnInstances onFargateByNow = new TasksOnInstances(
                table,
                new FindingStore(id -> table.find(id)
                        .map(record -> record.toBuilder()
                                .capacityType(CapacityType.FARGATE)
                                .build())),
                Runnable::run,
                Duration.ofHours(24));

        assertThat(forgotten.sizes(NOON)).isEmpty();
        assertThat(onFargateByNow.sizes(NOON)).isEmpty();
    }

    private List<ContainerSize> largest(Instant now) {
        return sizes.largest(List.of(), NOBODY, now).sizes();
    }

    private static SizesFromRecords sizes(InMemoryTaskStore table) {
        return new SizesFromRecords(
                new TasksOnInstances(table, table, Runnable::run, Duration.ofHours(24)), CONFIGURED);
    }

    private void ran(TaskStatus status, @Nullable CapacityType type, TaskSize size, Instant updatedAt) {
        create(TaskRecord.first(
                        new TaskId(status + "-" + size.cpu() + "-" + size.memory()),
                        status,
                        updatedAt,
                        updatedAt,
                        "ran")
                .capacityType(type)
                .startedAt(status == TaskStatus.PLACED ? null : updatedAt)
                .needs(needs(size)));
    }

    private static TaskNeeds needs(TaskSize size) {
        return new TaskNeeds(size, true, List.of(CapacityType.EC2));
    }

    private void create(TaskRecord.Builder record) {
        table.create(record.build());
    }
}
