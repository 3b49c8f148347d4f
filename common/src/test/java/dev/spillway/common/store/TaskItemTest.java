package dev.spillway.common.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskNeeds;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskSize;
import dev.spillway.common.task.TaskStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class TaskItemTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final TaskId ID = new TaskId("render-1");
    private static final TaskRequest REQUEST = new TaskRequest(
            ID,
            new ContainerWork("render", null, null, Map.of(), null, null, Placement.ANYWHERE, Map.of()),
            new FunctionWork("thumbnail", "{}"),
            List.of(CapacityType.LAMBDA, CapacityType.FARGATE),
            40,
            RetryPolicy.NONE,
            null,
            null);

    @Test
    void aWaitingTaskCarriesTheKeysOfAllIndexes() {
        Map<String, AttributeValue> item =
                TaskItem.write(task(TaskStatus.WAITING).build());

        assertThat(item)
                .containsEntry("task_id", AttributeValue.fromS("render-1"))
                .containsEntry("status", AttributeValue.fromS("WAITING"))
                .containsEntry("status_shard", AttributeValue.fromS("WAITING#7"))
                .containsEntry("due_shard", AttributeValue.fromS("7"))
                .containsEntry("waiting_shard", AttributeValue.fromS("0"))
                .containsEntry("waiting_order", AttributeValue.fromS("060#2026-11-21T12:00:00.000000Z#render-1"))
                .containsEntry("priority", AttributeValue.fromN("40"))
                .containsEntry("cpu", AttributeValue.fromN("512"))
                .containsEntry("memory", AttributeValue.fromN("1024"))
                .containsEntry("size_decides", AttributeValue.fromBool(true))
                .containsEntry("capacity", AttributeValue.fromL(List.of(AttributeValue.fromS("LAMBDA"))));
    }

    @Test
    void theLineSeesTheWholeChainUntilItIsKnownWhatOfItCanRunTheTask() {
        assertThat(TaskItem.write(task(TaskStatus.WAITING).needs(null).build()))
                .containsEntry(
                        "capacity",
                        AttributeValue.fromL(List.of(AttributeValue.fromS("LAMBDA"), AttributeValue.fromS("FARGATE"))))
                .doesNotContainKeys("cpu", "memory", "size_decides");
    }

    @Test
    void aTaskThatMustNotStartYetIsDueButNotInLine() {
        assertThat(TaskItem.write(task(TaskStatus.WAITING).notBefore(NOON).build()))
                .containsKeys("due_shard", "due_at", "not_before")
                .doesNotContainKeys("waiting_shard", "waiting_order");
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskStatus.class,
            names = {"SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELLED", "REJECTED"})
    void anEndedTaskIsInNoIndexButThatOfItsStatus(TaskStatus end) {
        assertThat(TaskItem.write(task(end).build()))
                .containsEntry("status_shard", AttributeValue.fromS(end + "#7"))
                .doesNotContainKeys("due_shard", "waiting_shard", "waiting_order");
    }

    @Test
    void theExpiryIsANumberOfSecondsAsTheTimeToLiveOfDynamoDbReadsIt() {
        assertThat(TaskItem.write(task(TaskStatus.FAILED).expiresAt(NOON).build()))
                .containsEntry("expires_at", AttributeValue.fromN("1795262400"));
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        TaskRecord rejected = TaskRecord.first(ID, TaskStatus.REJECTED, NOON, NOON, "not JSON")
                .build();

        assertThat(TaskItem.write(rejected))
                .containsOnlyKeys(
                        "task_id",
                        "status",
                        "status_shard",
                        "attempt",
                        "launch",
                        "losses",
                        "failed_starts",
                        "replay_launch",
                        "past_task_arns",
                        "history",
                        "event_version",
                        "created_at",
                        "waiting_since",
                        "updated_at",
                        "version");
    }

    @Test
    void aDamagedItemIsNamedWithWhatIsWrongWithIt() {
        Map<String, AttributeValue> item =
                new HashMap<>(TaskItem.write(task(TaskStatus.RUNNING).build()));
        item.remove("updated_at");

        assertThatThrownBy(() -> TaskItem.read(item))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("render-1")
                .hasRootCauseMessage("attribute updated_at is missing, or of another type");
    }

    private static TaskRecord.Builder task(TaskStatus status) {
        return TaskRecord.first(ID, status, NOON, NOON, "as the test wants it")
                .request(REQUEST)
                .needs(new TaskNeeds(new TaskSize(512, 1_024), true, List.of(CapacityType.LAMBDA)))
                .dueAt(NOON);
    }
}
