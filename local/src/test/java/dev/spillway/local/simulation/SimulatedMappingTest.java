package dev.spillway.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.spillway.local.eventsource.BatchFunction;
import dev.spillway.local.template.EventSource;
import dev.spillway.local.template.QueueResource;
import dev.spillway.local.time.SimulatedTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulatedMappingTest {

    private static final Duration VISIBILITY = Duration.ofMinutes(6);
    private static final Duration INVOCATION = Duration.ofSeconds(1);

    private final SimulatedTimeline timeline = new SimulatedTimeline(SimulatedSystem.START, 1);
    private final SimulatedQueue queue = new SimulatedQueue(
            new QueueResource("Jobs", "jobs", "arn:jobs", VISIBILITY, Duration.ofDays(4), Optional.empty()),
            timeline,
            arn -> {
                throw new AssertionError("no redrive");
            });
    private final List<List<String>> batches = new ArrayList<>();

    private void map(Duration window, BatchFunction function) {
        SimulatedMapping.start(
                new EventSource.Sqs("Jobs", "Jobs", 10, window, true, 2),
                queue,
                event -> {
                    batches.add(event.getRecords().stream()
                            .map(SQSEvent.SQSMessage::getBody)
                            .toList());
                    return function.invoke(event);
                },
                "us-east-1",
                INVOCATION,
                timeline);
    }

    private void send(int messages) {
        for (int i = 0; i < messages; i++) {
            queue.send("id-" + i, "body-" + i, Map.of(), Duration.ZERO);
        }
    }

    @Test
    void batchesAreAsLargeAndAsManyAtOnceAsAllowed() {
        map(Duration.ZERO, event -> new SQSBatchResponse(List.of()));
        send(25);
        timeline.runFor(INVOCATION.minusMillis(1));
        assertThat(batches).extracting(List::size).containsExactly(10, 10);
        timeline.runFor(Duration.ofMillis(1));
        assertThat(batches).extracting(List::size).containsExactly(10, 10, 5);
        timeline.runFor(VISIBILITY);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(batches).hasSize(3);
    }

    @Test
    void onlyTheMessagesThatFailedComeAgain() {
        map(
                Duration.ZERO,
                event -> new SQSBatchResponse(
                        batches.size() > 1 ? List.of() : List.of(new SQSBatchResponse.BatchItemFailure("id-1"))));
        send(3);
        timeline.runFor(VISIBILITY);
        assertThat(batches).containsExactly(List.of("body-0", "body-1", "body-2"), List.of("body-1"));
    }

    @Test
    void allMessagesOfACrashedFunctionComeAgain() {
        map(Duration.ZERO, event -> {
            if (batches.size() == 1) {
                throw new FunctionCrash("in a test");
            }
            return new SQSBatchResponse(List.of());
        });
        send(2);
        timeline.runFor(VISIBILITY);
        assertThat(batches).containsExactly(List.of("body-0", "body-1"), List.of("body-0", "body-1"));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aWindowLetsABatchFill() {
        map(Duration.ofSeconds(5), event -> new SQSBatchResponse(List.of()));
        send(1);
        timeline.runFor(Duration.ofSeconds(4));
        assertThat(batches).isEmpty();
        send(2);
        timeline.runFor(Duration.ofSeconds(1));
        assertThat(batches).extracting(List::size).containsExactly(3);
    }
}
