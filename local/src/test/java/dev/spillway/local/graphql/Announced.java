package dev.spillway.local.graphql;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.common.aws.AwsClients;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.store.TaskTables;
import dev.spillway.local.eventbridge.Envelope;
import dev.spillway.local.functions.FunctionHost;
import dev.spillway.local.metrics.PublishedMetrics;
import dev.spillway.local.stream.StreamRecords;
import dev.spillway.local.template.FunctionResource;
import dev.spillway.taskstate.announce.AnnounceHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** The event that the announcing function puts on the bus when the table's stream shows it a write. */
final class Announced {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STREAM = "arn:aws:dynamodb:us-east-1:012345678910:table/spillway-tasks/stream/1";

    private Announced() {}

    /**
     * The event of one write.
     *
     * @param before the item as it was; empty for a new one
     */
    static JsonNode event(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        Bus bus = new Bus();
        DynamodbEvent batch = new DynamodbEvent();
        batch.setRecords(List.of(StreamRecords.of(STREAM, 1, before, after)));
        function(bus).invoke(batch, StreamsEventResponse.class);
        PutEventsRequestEntry entry = bus.entries.getFirst();
        try {
            return JSON.readTree(new Envelope("us-east-1", "012345678910")
                    .event(
                            entry.source(),
                            entry.detailType(),
                            entry.time(),
                            entry.resources(),
                            JSON.readTree(entry.detail()))
                    .toString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static FunctionHost function(Bus bus) {
        FunctionResource resource = new FunctionResource(
                "AnnounceFunction",
                "announce",
                AnnounceHandler.class.getName(),
                Map.of("EVENT_BUS_NAME", "default", "CLUSTER", "spillway"),
                Duration.ofSeconds(30),
                512,
                false,
                List.of());
        return FunctionHost.start(
                resource,
                new FunctionRuntime(
                        resource.environment(),
                        new OnlyTheBus(bus),
                        new NoTables(),
                        Clock.fixed(PublicRecords.NOON, ZoneOffset.UTC),
                        Runnable::run,
                        new PublishedMetrics()));
    }

    private static final class Bus implements EventBridgeClient {
        private final List<PutEventsRequestEntry> entries = new ArrayList<>();

        @Override
        public PutEventsResponse putEvents(PutEventsRequest request) {
            entries.addAll(request.entries());
            return PutEventsResponse.builder()
                    .entries(request.entries().stream()
                            .map(entry ->
                                    PutEventsResultEntry.builder().eventId("e").build())
                            .toList())
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private record OnlyTheBus(Bus bus) implements AwsClients {
        @Override
        public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
                Class<C> type, Supplier<B> builder) {
            return type.cast(bus);
        }
    }

    private static final class NoTables implements TaskTables {
        @Override
        public TaskStore store(String table) {
            throw new AssertionError();
        }

        @Override
        public TaskIndex index(String table) {
            throw new AssertionError();
        }
    }
}
