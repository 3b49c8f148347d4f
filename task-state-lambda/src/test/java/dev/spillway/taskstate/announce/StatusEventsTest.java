package dev.spillway.taskstate.announce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.common.task.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

class StatusEventsTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final List<PutEventsRequestEntry> put = new ArrayList<>();
    private int calls;

    private final EventBridgeClient bus = new EventBridgeClient() {
        @Override
        public PutEventsResponse putEvents(PutEventsRequest request) {
            calls++;
            put.addAll(request.entries());
            return PutEventsResponse.builder()
                    .entries(request.entries().stream()
                            .map(entry -> entry.detail().contains("task-13")
                                    ? PutEventsResultEntry.builder()
                                            .errorCode("InternalFailure")
                                            .build()
                                    : PutEventsResultEntry.builder()
                                            .eventId("e")
                                            .build())
                            .toList())
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    };

    private final StatusEvents events = new StatusEvents(bus, new AnnounceConfig("default", "jobs"));

    @Test
    void aWriteThatLeavesTheStatusIsNoEvent() {
        TaskRecord record = record("t");
        assertThat(StatusChange.of(record, record.toBuilder().dueAt(NOON).build()))
                .isEmpty();
        assertThat(StatusChange.of(null, record)).isPresent();
    }

    @Test
    void theDetailIsThePublicPartOfTheRecord() throws Exception {
        TaskRecord before = record("t");
        TaskRecord after = before.toBuilder()
                .become(TaskStatus.RUNNING, NOON, "running")
                .taskArn("arn:aws:ecs:us-east-1:1:task/c/1")
                .startedAt(NOON)
                .version(3)
                .build();
        events.put(List.of(
                new StatusEvents.Numbered("1", StatusChange.of(before, after).orElseThrow())));
        PutEventsRequestEntry entry = put.getFirst();
        assertThat(entry.source()).isEqualTo("spillway");
        assertThat(entry.eventBusName()).isEqualTo("default");
        assertThat(entry.resources()).containsExactly("arn:aws:ecs:us-east-1:1:task/c/1");
        JsonNode detail = new ObjectMapper().readTree(entry.detail());
        assertThat(detail.path("cluster").asText()).isEqualTo("jobs");
        assertThat(detail.path("taskId").asText()).isEqualTo("t");
        assertThat(detail.path("previousStatus").asText()).isEqualTo("LAUNCHING");
        assertThat(detail.path("status").asText()).isEqualTo("RUNNING");
        assertThat(detail.path("version").asInt()).isEqualTo(3);
        assertThat(detail.path("startedAt").asText()).isEqualTo("2026-11-01T12:00:00Z");
        assertThat(detail.path("taskDefinition").asText()).isEqualTo("job");
        assertThat(entry.detail()).doesNotContain("hunter2");
    }

    @Test
    void tenGoInOneCallAndTheFirstThatIsNotTakenIsNamed() {
        List<StatusEvents.Numbered> changes = IntStream.range(0, 25)
                .mapToObj(i -> new StatusEvents.Numbered("n" + i, new StatusChange(null, record("task-" + i))))
                .toList();
        assertThat(events.put(changes)).contains("n13");
        // The third ten are left to the next delivery, which begins at the one that failed.
        assertThat(calls).isEqualTo(2);
        assertThat(put).hasSize(20);
    }

    private static TaskRecord record(String id) {
        ContainerWork work = new ContainerWork(
                "job",
                null,
                List.of("login", "hunter2"),
                Map.of("PASSWORD", "hunter2"),
                null,
                null,
                Placement.ANYWHERE,
                Map.of());
        TaskRequest request =
                new TaskRequest(new TaskId(id), work, null, List.of(CapacityType.EC2), 0, RetryPolicy.NONE, null, null);
        return TaskRecord.first(new TaskId(id), TaskStatus.LAUNCHING, NOON, NOON, "accepted")
                .request(request)
                .build();
    }
}
