package dev.spillway.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.store.DynamoDbTaskStore;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

class RecordWatchTest {

    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final TaskRecord ONE = TaskRecord.first(new TaskId("t"), TaskStatus.CANCELLED, NOW, NOW, "one")
            .build();
    private static final TaskRecord OTHER = TaskRecord.first(new TaskId("t"), TaskStatus.CANCELLED, NOW, NOW, "other")
            .build();

    private final List<TaskRecord> seen = new ArrayList<>();
    private final Table table = new Table();
    private final TaskStore store;

    RecordWatchTest() {
        RecordWatch watch = new RecordWatch();
        watch.add(seen::add);
        store = new DynamoDbTaskStore(watch.watching(table), "tasks");
    }

    @Test
    void a_record_that_is_written_is_seen() {
        store.create(ONE);

        assertThat(seen)
                .extracting(record -> record.history().getFirst().what())
                .containsExactly("one");
    }

    @Test
    void a_record_whose_answer_was_lost_is_seen_when_the_SDK_has_put_it_again() {
        table.losesAnswers = true;

        assertThat(store.create(ONE)).isInstanceOf(TaskStore.Creation.Created.class);
        assertThat(seen)
                .extracting(record -> record.history().getFirst().what())
                .containsExactly("one");
    }

    @Test
    void a_record_that_came_second_is_not_seen() {
        store.create(ONE);
        seen.clear();

        assertThat(store.create(OTHER)).isInstanceOf(TaskStore.Creation.Exists.class);
        assertThat(seen).isEmpty();
    }

    /** A table of one item that is only ever created. */
    private static final class Table implements DynamoDbClient {
        private boolean losesAnswers;
        private Map<String, AttributeValue> item = Map.of();

        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            if (item.isEmpty()) {
                item = request.item();
                if (!losesAnswers) {
                    return PutItemResponse.builder().build();
                }
            }
            throw ConditionalCheckFailedException.builder().item(item).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
