package dev.spillway.common.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

class DynamoDbTaskIndexTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** As after a deployment was taken back that had written a capacity type of its own. */
    @Test
    void anEntryThatCannotBeReadHidesNoOther() {
        Map<String, AttributeValue> odd = new HashMap<>(entry("odd"));
        odd.put("capacity", AttributeValue.fromL(List.of(AttributeValue.fromS("MOON"))));
        TaskIndex index = new DynamoDbTaskIndex(answering(List.of(entry("a"), odd, entry("b"))), "tasks");

        assertThat(index.waiting(10))
                .extracting(TaskIndex.Waiting::taskId)
                .containsExactly(new TaskId("a"), new TaskId("b"));
        assertThat(index.wholeLine())
                .extracting(TaskIndex.Waiting::taskId)
                .containsExactly(new TaskId("a"), new TaskId("b"));
    }

    private static Map<String, AttributeValue> entry(String id) {
        return TaskItem.write(TaskRecord.first(new TaskId(id), TaskStatus.WAITING, NOON, NOON, "no room")
                .request(new TaskRequest(
                        new TaskId(id),
                        new ContainerWork("job", null, null, Map.of(), null, null, Placement.ANYWHERE, Map.of()),
                        null,
                        List.of(CapacityType.EC2),
                        0,
                        RetryPolicy.NONE,
                        null,
                        null))
                .version(1)
                .build());
    }

    private static DynamoDbClient answering(List<Map<String, AttributeValue>> items) {
        return new DynamoDbClient() {
            @Override
            public QueryResponse query(QueryRequest request) {
                return QueryResponse.builder().items(items).build();
            }

            @Override
            public String serviceName() {
                return SERVICE_NAME;
            }

            @Override
            public void close() {}
        };
    }
}
