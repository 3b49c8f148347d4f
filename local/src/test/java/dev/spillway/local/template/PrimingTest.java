package dev.spillway.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.spillway.common.function.FunctionRuntime;
import dev.spillway.common.function.SnapStarted;
import dev.spillway.common.store.TaskTables;
import dev.spillway.local.functions.FunctionError;
import dev.spillway.local.functions.FunctionHost;
import dev.spillway.local.metrics.PublishedMetrics;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each function of the template does before a snapshot of it is taken, and that its copies know nothing of it. */
class PrimingTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

    private static final Set<String> READS = Set.of("Get", "List", "Describe", "Query");

    static Stream<FunctionResource> functions() {
        return ConditionsTest.local(Map.of("Subnets", "subnet-1")).functions().stream();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void it_only_reads_and_only_what_the_function_may(FunctionResource function) throws Exception {
        RecordedAws aws = RecordedAws.answering();
        SnapStarted handler = (SnapStarted) Class.forName(function.handler())
                .getConstructor(FunctionRuntime.class)
                .newInstance(runtime(function, aws));
        assertThat(aws.actions()).as("at init").isEmpty();

        handler.priming().run();

        assertThat(aws.actions())
                .allMatch(action -> READS.stream().anyMatch(read -> action.split(":")[1].startsWith(read)))
                .isSubsetOf(allowed(function));
        // PutEvents is all that one may do, and that is a write.
        assertThat(aws.actions().isEmpty()).isEqualTo(function.logicalId().equals("AnnounceFunction"));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void an_aws_that_does_not_answer_does_not_keep_it_from_being_deployed(FunctionResource function) {
        RecordedAws aws = RecordedAws.failing();

        FunctionHost.start(function, runtime(function, aws));

        assertThat(aws.actions().isEmpty()).isEqualTo(function.logicalId().equals("AnnounceFunction"));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void a_copy_makes_the_same_calls_for_its_first_event_as_if_it_had_not_been_primed(FunctionResource function) {
        RecordedAws aws = RecordedAws.answering();
        FunctionHost copy = FunctionHost.start(function, runtime(function, aws));
        aws.forget();
        invoke(copy);
        RecordedAws anew = RecordedAws.answering();
        FunctionHost unprimed = FunctionHost.start(function.withoutSnapStart(), runtime(function, anew));
        assertThat(anew.actions()).isEmpty();
        invoke(unprimed);

        assertThat(aws.actions()).isEqualTo(anew.actions());
        assertThat(aws.actions().isEmpty()).isEqualTo(function.logicalId().equals("AnnounceFunction"));
    }

    /** With an event of its kind. That AWS has nothing may fail it; what counts is what it asked. */
    private static void invoke(FunctionHost host) {
        try {
            switch (host.function().events().getFirst()) {
                case EventSource.Sqs queue -> host.invoke(message(), SQSBatchResponse.class);
                case EventSource.DynamoDbStream stream -> host.invoke(noChanges(), StreamsEventResponse.class);
                case EventSource.EventBridgeRule rule -> host.invoke(minute());
                case EventSource.Schedule schedule -> host.invoke(minute());
            }
        } catch (FunctionError nothingThere) {
            assertThat(nothingThere).hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    private static SQSEvent message() {
        SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
        message.setMessageId("one");
        message.setBody("{\"taskId\":\"one\",\"taskDefinition\":\"spillway-one\"}");
        message.setEventSourceArn("arn:aws:sqs:us-east-1:000000000000:spillway-tasks");
        message.setAttributes(Map.of("SentTimestamp", Long.toString(NOON.millis())));
        SQSEvent event = new SQSEvent();
        event.setRecords(List.of(message));
        return event;
    }

    private static DynamodbEvent noChanges() {
        DynamodbEvent event = new DynamodbEvent();
        event.setRecords(List.of());
        return event;
    }

    private static JsonNode minute() {
        return JsonNodeFactory.instance.objectNode().put("source", "aws.events").put("detail-type", "Scheduled Event");
    }

    private static FunctionRuntime runtime(FunctionResource function, RecordedAws aws) {
        return new FunctionRuntime(
                function.environment(), aws, TaskTables.inDynamoDb(aws), NOON, Runnable::run, new PublishedMetrics());
    }

    private static Set<String> allowed(FunctionResource function) {
        Template.Resolved resolved = Templates.with(Map.of()).resolved().get(function.logicalId());
        return Objects.requireNonNull(resolved).properties().path("Policies").findValues("Action").stream()
                .flatMap(action ->
                        action.isArray() ? StreamSupport.stream(action.spliterator(), false) : Stream.of(action))
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }
}
