package dev.spillway.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.common.message.MessageParser;
import dev.spillway.common.message.ParsedMessage;
import dev.spillway.common.message.ReleaseMessage;
import dev.spillway.common.store.DynamoDbTaskStore;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.eventbridge.EventPattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The events of the directory events and the event sources of the template belong together. */
class RecordedEventsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Template TEMPLATE = ConditionsTest.local(Map.of());

    /** An event and the file that it stands in, for the name of a test. */
    private record Recorded(String file, JsonNode event) {
        @Override
        public String toString() {
            return file;
        }
    }

    private static List<Recorded> all() {
        try (Stream<Path> files = Files.list(Path.of("..", "events"))) {
            return files.sorted().map(RecordedEventsTest::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recorded read(Path file) {
        try {
            return new Recorded(file.getFileName().toString(), JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    static List<Recorded> ofTheBus() {
        return all().stream().filter(event -> event.event().has("detail-type")).toList();
    }

    static List<Recorded> batches() {
        return all().stream().filter(event -> event.event().has("Records")).toList();
    }

    static Stream<EventSource.EventBridgeRule> rules() {
        return sources(EventSource.EventBridgeRule.class);
    }

    @Test
    void each_file_is_an_event_of_the_bus_or_a_batch() {
        assertThat(all()).hasSize(ofTheBus().size() + batches().size());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void each_pattern_matches_a_recorded_event_of_each_of_its_kinds(EventSource.EventBridgeRule rule) {
        EventPattern pattern = EventPattern.parse(rule.pattern());

        assertThat(rule.pattern().path("detail-type"))
                .isNotEmpty()
                .allSatisfy(kind -> assertThat(ofTheBus())
                        .anyMatch(event ->
                                event.event().path("detail-type").equals(kind) && pattern.matches(event.event())));
    }

    @ParameterizedTest
    @MethodSource("ofTheBus")
    void each_recorded_event_is_for_some_function_or_rule(Recorded recorded) {
        if (recorded.event().path("source").asText().equals("aws.events")) {
            assertThat(sources(EventSource.Schedule.class)).isNotEmpty();
        } else {
            assertThat(Stream.concat(rules().map(EventSource.EventBridgeRule::pattern), patternsOfOwnRules()))
                    .anyMatch(pattern -> EventPattern.parse(pattern).matches(recorded.event()));
        }
    }

    /** Of the rules whose target is no function. */
    private static Stream<JsonNode> patternsOfOwnRules() {
        return ResolvedTemplate.withEverything().ofType("AWS::Events::Rule").stream()
                .map(rule -> rule.path("EventPattern"));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void each_recorded_batch_is_of_a_queue_or_stream_that_a_function_reads_and_can_be_read(Recorded batch) {
        assertThat(batch.event().path("Records")).isNotEmpty().allSatisfy(record -> {
            switch (record.path("eventSource").asText()) {
                case "aws:sqs" -> sqs(record);
                case "aws:dynamodb" -> stream(record);
                default -> throw new AssertionError("what is " + record.path("eventSource") + "?");
            }
        });
    }

    private static void sqs(JsonNode record) {
        QueueResource queue = TEMPLATE.queues().stream()
                .filter(one -> one.arn().equals(record.path("eventSourceARN").asText()))
                .findFirst()
                .orElseThrow();
        assertThat(sources(EventSource.Sqs.class))
                .anyMatch(source -> source.queue().equals(queue.logicalId()));
        String body = record.path("body").asText();
        if (queue.logicalId().equals("ReleaseQueue")) {
            assertThat(ReleaseMessage.read(body).body()).isEqualTo(body);
        } else {
            assertThat(MessageParser.parse(body, "id")).isNotInstanceOf(ParsedMessage.Invalid.class);
        }
    }

    private static void stream(JsonNode record) {
        String table = record.path("eventSourceARN").asText().replaceFirst("/stream/.*", "");
        assertThat(sources(EventSource.DynamoDbStream.class))
                .anyMatch(source -> source.streamArn().startsWith(table + "/stream/"));
        assertThat(DynamoDbTaskStore.record(item(record.at("/dynamodb/OldImage")))
                        .status())
                .isEqualTo(TaskStatus.PLACED);
        assertThat(DynamoDbTaskStore.record(item(record.at("/dynamodb/NewImage")))
                        .status())
                .isEqualTo(TaskStatus.RUNNING);
    }

    private static Map<String, AttributeValue> item(JsonNode image) {
        Map<String, AttributeValue> item = new HashMap<>();
        image.properties().forEach(attribute -> item.put(attribute.getKey(), value(attribute.getValue())));
        return item;
    }

    private static AttributeValue value(JsonNode value) {
        Map.Entry<String, JsonNode> typed = value.properties().iterator().next();
        return switch (typed.getKey()) {
            case "S" -> AttributeValue.fromS(typed.getValue().asText());
            case "N" -> AttributeValue.fromN(typed.getValue().asText());
            case "BOOL" -> AttributeValue.fromBool(typed.getValue().booleanValue());
            case "M" -> AttributeValue.fromM(item(typed.getValue()));
            case "L" ->
                AttributeValue.fromL(StreamSupport.stream(typed.getValue().spliterator(), false)
                        .map(RecordedEventsTest::value)
                        .toList());
            default -> throw new AssertionError("no item has an attribute of type " + typed.getKey());
        };
    }

    private static <T extends EventSource> Stream<T> sources(Class<T> type) {
        return TEMPLATE.functions().stream()
                .flatMap(function -> function.events().stream())
                .filter(type::isInstance)
                .map(type::cast);
    }

    @Test
    void the_message_of_each_night_is_accepted_and_names_a_sample_task_definition() {
        Collection<Template.Resolved> resources =
                Templates.with(Templates.EVERYTHING).resolved().values();
        List<JsonNode> families = resources.stream()
                .map(resource -> resource.properties().path("Family"))
                .toList();

        assertThat(resources)
                .filteredOn(resource -> resource.type().equals("AWS::Scheduler::Schedule"))
                .singleElement()
                .satisfies(schedule -> {
                    String body = schedule.properties()
                            .at("/Target/Input")
                            .asText()
                            .replace("<aws.scheduler.execution-id>", "d32c5kddcf5bb8c3-d32c5kddcf5bb8c3");
                    assertThat(MessageParser.parse(body, "id")).isInstanceOf(ParsedMessage.Run.class);
                    assertThat(JSON.readTree(body).path("taskDefinition")).isIn(families);
                });
    }
}
