package dev.spillway.local.contract;

import static dev.spillway.local.contract.SampleTasks.NOON;
import static dev.spillway.local.contract.SampleTasks.idsOfOneHash;
import static dev.spillway.local.contract.SampleTasks.launching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.common.message.TaskRequestJson;
import dev.spillway.common.store.DynamoDbTaskIndex;
import dev.spillway.common.store.DynamoDbTaskStore;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore.Creation;
import dev.spillway.common.store.TaskStore.Update;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The store and its index on a table of template.yaml, and what only a table can get wrong. */
abstract class DynamoDbStoreContract extends TaskIndexContract {

    private static final int LARGEST_REQUEST = 256 * 1_024;

    private final RecordingHttpClient http;
    private final DynamoDbClient dynamoDb;
    private final Stack stack;

    DynamoDbStoreContract(AwsServer server) {
        this.stack = new Stack(server);
        this.http = new RecordingHttpClient(server.http());
        this.dynamoDb = server.dynamoDb(http);
    }

    @Override
    Fixture open() {
        return new Fixture(
                new DynamoDbTaskStore(dynamoDb, stack.table()),
                new DynamoDbTaskIndex(dynamoDb, stack.table()),
                task -> delete(task.taskId()));
    }

    @AfterEach
    void deleteTheTable() {
        stack.close();
    }

    @Override
    int changesPerWriter() {
        return 5;
    }

    @Test
    void aCreateWhoseAnswerIsLostIsRepeatedByTheSdkAndSucceeds() {
        http.loseNextAnswer();

        Creation answer = store.create(launching("a").claim("mine").build());

        assertThat(http.sent()).containsExactly("PutItem", "PutItem");
        assertThat(answer).isInstanceOf(Creation.Created.class);
    }

    @Test
    void anUpdateWhoseAnswerIsLostIsRepeatedByTheSdkAndSucceeds() {
        TaskRecord first = launching("a").version(1).build();
        store.create(first);
        http.forget();
        http.loseNextAnswer();

        Update answer = store.update(first.toBuilder().claim("mine").build());

        assertThat(http.sent()).containsExactly("PutItem", "PutItem");
        assertThat(answer).isInstanceOf(Update.Updated.class);
    }

    @Test
    void aConflictCostsNoRead() {
        TaskRecord first = launching("a").version(1).build();
        store.create(first);
        store.update(first);
        http.forget();

        store.create(first);
        store.update(first.toBuilder().claim("mine").build());

        assertThat(http.sent()).containsExactly("PutItem", "PutItem");
    }

    @Test
    void anAnswerThatIsFullAsksForNoFurtherPage() {
        idsOfOneHash(30)
                .forEach(id -> store.create(TaskRecord.first(id, TaskStatus.FAILED, NOON, NOON, "exit 1")
                        .build()));
        http.forget();

        assertThat(index.withStatus(TaskStatus.FAILED, 20)).hasSize(20);

        assertThat(http.sent()).hasSize(8).containsOnly("Query");
    }

    @Test
    void anErrorOfAShardIsThrownAsItCame() {
        TaskIndex elsewhere = new DynamoDbTaskIndex(dynamoDb, "no-such-table");

        assertThatThrownBy(() -> elsewhere.waiting(10)).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> elsewhere.wholeLine().count()).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void theLargestRecordFitsIntoAnItem() {
        TaskRecord largest = largest();

        assertThat(store.create(largest)).isInstanceOf(Creation.Created.class);
        assertThat(store.find(largest.taskId()))
                .hasValueSatisfying(task -> assertThat(task.request()).isEqualTo(largest.request()));
    }

    /** Everything at the bound that {@code StoredForm} counts with. */
    private static TaskRecord largest() {
        TaskId id = new TaskId("i".repeat(100));
        String longText = "x".repeat(2_000);
        String longArn = "a".repeat(340);
        TaskRecord first = TaskRecord.first(id, TaskStatus.WAITING, NOON, NOON, longText)
                .request(largestRequest(id))
                .reason(longText)
                .claim("c".repeat(100))
                .taskArn(longArn)
                .containerInstanceArn(longArn)
                .dueAt(NOON)
                .build();
        TaskRecord.Builder builder = first.toBuilder();
        IntStream.range(0, TaskRecord.MAX_HISTORY).forEach(i -> builder.note(NOON, longText));
        IntStream.range(0, 200).forEach(i -> builder.taskArn(longArn).leaveTask());
        return builder.taskArn(longArn).containerInstanceArn(longArn).build();
    }

    private static TaskRequest largestRequest(TaskId id) {
        int rest = TaskRequestJson.write(request(id, "")).length();
        return request(id, "p".repeat(LARGEST_REQUEST - rest));
    }

    private static TaskRequest request(TaskId id, String payload) {
        return new TaskRequest(
                id,
                new ContainerWork("render", null, null, Map.of(), null, null, Placement.ANYWHERE, Map.of()),
                new FunctionWork("thumbnail", '"' + payload + '"'),
                List.of(CapacityType.values()),
                100,
                RetryPolicy.NONE,
                null,
                null);
    }

    private void delete(TaskId taskId) {
        dynamoDb.deleteItem(request ->
                request.tableName(stack.table()).key(Map.of("task_id", AttributeValue.fromS(taskId.value()))));
    }
}
