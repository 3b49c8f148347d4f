package dev.spillway.taskstate.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.common.task.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EVENTS = Path.of("..", "events");
    private static final String CLUSTER_ARN = "arn:aws:ecs:us-east-1:012345678910:cluster/spillway";
    private static final String TASK_ARN =
            "arn:aws:ecs:us-east-1:012345678910:task/spillway/5f7e6b0c1a2d4f3e8b9c0d1e2f3a4b5c";
    private static final String INSTANCE_ARN =
            "arn:aws:ecs:us-east-1:012345678910:container-instance/spillway/8ee9c6ec6a2d4a0e9b1ed6a0b7a3d1f2";

    private final EventReader reader = new EventReader("spillway");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(EVENTS)) {
            // Those of Auto Scaling and EC2 are for other functions.
            return files
                    .filter(file -> file.getFileName().toString().matches("(ecs|lambda|schedule).*\\.json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void each_event_of_AWS_is_read_whether_the_cluster_is_given_by_name_or_by_ARN(Path file) {
        Event event = reader.read(event(file.getFileName().toString()));
        assertThat(event).isNotInstanceOf(Event.Ignored.class);
        assertThat(new EventReader(CLUSTER_ARN).read(event(file.getFileName().toString())))
                .isEqualTo(event);
    }

    @Nested
    class A_task_of_ECS {

        @Test
        void that_runs() {
            assertThat(reader.read(event("ecs-task-running.json")))
                    .isEqualTo(new Event.TaskChanged(
                            new TaskId("word-count-7"),
                            new TaskChange(
                                    TASK_ARN,
                                    3,
                                    "RUNNING",
                                    "arn:aws:ecs:us-east-1:012345678910:task-definition/word-count:3",
                                    "EC2",
                                    INSTANCE_ARN,
                                    null,
                                    "",
                                    List.of(new TaskChange.Container("main", null, "")),
                                    Instant.parse("2026-11-01T10:00:03.431Z"),
                                    null)));
        }

        @Test
        void that_succeeded() {
            TaskChange change = change("ecs-task-stopped-success.json");
            assertThat(change.hasStopped()).isTrue();
            assertThat(change.version()).isEqualTo(6);
            assertThat(change.stopCode()).isEqualTo("EssentialContainerExited");
            assertThat(change.stoppedReason()).isEqualTo("Essential container in task exited");
            assertThat(change.containers()).containsExactly(new TaskChange.Container("main", 0, ""));
            assertThat(change.stoppedAt()).isEqualTo("2026-11-01T10:04:11.115Z");
        }

        @Test
        void that_failed() {
            assertThat(change("ecs-task-stopped-failed.json").containers())
                    .containsExactly(new TaskChange.Container(
                            "main", 137, "OutOfMemoryError: Container killed due to memory usage"));
        }

        @Test
        void that_was_interrupted_on_Fargate_has_no_instance() {
            TaskChange change = change("ecs-task-stopped-spot.json");
            assertThat(change.stopCode()).isEqualTo("SpotInterruption");
            assertThat(change.containerInstanceArn()).isNull();
        }

        @Test
        void that_never_started_has_no_containers() {
            TaskChange change = change("ecs-task-stopped-failed-to-start.json");
            assertThat(change.stopCode()).isEqualTo("TaskFailedToStart");
            assertThat(change.containers()).isEmpty();
            assertThat(change.startedAt()).isNull();
        }

        @ParameterizedTest
        @CsvSource({
            "PROVISIONING, true",
            "PENDING, true",
            "ACTIVATING, true",
            "RUNNING, true",
            "DEACTIVATING, false",
            "STOPPING, false",
            "DEPROVISIONING, false",
            "STOPPED, false",
            "DELETED, false"
        })
        void may_run_until_it_is_stopping(String lastStatus, boolean mayRun) {
            ObjectNode event = event("ecs-task-running.json");
            detail(event).put("lastStatus", lastStatus);
            assertThat(((Event.TaskChanged) reader.read(event)).change().mayRun())
                    .isEqualTo(mayRun);
        }

        @Test
        void with_an_odd_instant_is_read_without_it() {
            ObjectNode event = event("ecs-task-running.json");
            detail(event).put("startedAt", "yesterday");
            assertThat(((Event.TaskChanged) reader.read(event)).change().startedAt())
                    .isNull();
        }

        @Test
        void without_containers_is_read() {
            ObjectNode event = event("ecs-task-running.json");
            detail(event).remove("containers");
            assertThat(reader.read(event)).isInstanceOf(Event.TaskChanged.class);
        }
    }

    @Nested
    class An_instance {

        @ParameterizedTest
        @CsvSource({
            "ACTIVE, true, true",
            "DRAINING, true, false",
            "ACTIVE, false, false",
            "REGISTERING, true, false",
            "INACTIVE, false, false"
        })
        void takes_tasks_or_does_not(String status, boolean connected, boolean takesTasks) {
            ObjectNode event = event("ecs-container-instance.json");
            detail(event).put("status", status).put("agentConnected", connected);
            assertThat(reader.read(event)).isEqualTo(new Event.InstanceChanged(INSTANCE_ARN, takesTasks));
        }

        @Test
        void whose_agent_is_connected_only_in_words_takes_none() {
            ObjectNode event = event("ecs-container-instance.json");
            detail(event).put("agentConnected", "true");
            assertThat(reader.read(event)).isEqualTo(new Event.InstanceChanged(INSTANCE_ARN, false));
        }

        @Test
        void without_an_ARN_is_ignored() {
            ObjectNode event = event("ecs-container-instance.json");
            detail(event).remove("containerInstanceArn");
            assertIgnored(event, "an instance event without containerInstanceArn");
        }
    }

    @Nested
    class A_function {

        private static final String REQUEST = "e4b46cbf-b738-4aa2-8880-a18cdf61200e";

        @Test
        void that_returned() {
            assertThat(reader.read(event("lambda-success.json")))
                    .isEqualTo(new Event.FunctionEnded(
                            new TaskId("resize-12"),
                            2,
                            REQUEST,
                            true,
                            null,
                            Instant.parse("2026-11-01T10:02:05.568Z")));
        }

        @Test
        void that_failed_says_why_and_keeps_nothing_of_its_response() {
            assertThat(reader.read(event("lambda-failure.json")))
                    .isEqualTo(new Event.FunctionEnded(
                            new TaskId("resize-12"),
                            2,
                            REQUEST,
                            false,
                            "RetriesExhausted (Unhandled) after 3 invocations",
                            Instant.parse("2026-11-01T10:02:05.568Z")));
        }

        @Test
        void that_was_never_invoked_because_its_event_grew_too_old_has_no_response() {
            ObjectNode event = event("lambda-failure.json");
            detail(event).remove("responseContext");
            object(detail(event), "requestContext")
                    .put("condition", "EventAgeExceeded")
                    .put("approximateInvokeCount", 0);
            assertThat(((Event.FunctionEnded) reader.read(event)).error())
                    .isEqualTo("EventAgeExceeded after 0 invocations");
        }

        @Test
        void of_somebody_else_is_ignored() {
            ObjectNode event = event("lambda-success.json");
            detail(event).set("requestPayload", JsonNodeFactory.instance.textNode("hello"));
            assertIgnored(event, "an invocation that no message started");
        }

        @ParameterizedTest
        @ValueSource(strings = {"requestId", "condition"})
        void without_what_tells_its_result_is_ignored(String field) {
            ObjectNode event = event("lambda-success.json");
            object(detail(event), "requestContext").remove(field);
            assertIgnored(event, "the result of an invocation without requestId or condition");
        }

        @Test
        void whose_launch_is_no_number_is_ignored() {
            ObjectNode event = event("lambda-success.json");
            object(detail(event), "requestPayload").put("launch", "2");
            assertIgnored(event, "an invocation that no message started");
        }

        /** Two deployments in one account share its event bus, and may well name their tasks alike. */
        @Test
        void of_another_deployment_is_ignored() {
            ObjectNode event = event("lambda-success.json");
            object(detail(event), "requestPayload").put("cluster", "staging");
            assertIgnored(event, "an invocation of another deployment");
        }

        /** Those before this version did not say whose they are. */
        @Test
        void that_does_not_say_whose_it_is_is_taken_for_ours() {
            ObjectNode event = event("lambda-success.json");
            object(detail(event), "requestPayload").remove("cluster");
            assertThat(reader.read(event)).isInstanceOf(Event.FunctionEnded.class);
        }

        @Test
        void in_another_account_is_ignored_if_the_clusters_account_is_known() {
            ObjectNode event = event("lambda-success.json");
            event.put("account", "999999999999");
            assertThat(new EventReader(CLUSTER_ARN).read(event))
                    .isEqualTo(new Event.Ignored("an invocation in another account"));
            assertThat(reader.read(event)).isInstanceOf(Event.FunctionEnded.class);
        }
    }

    @Test
    void the_schedule_is_a_minute_that_passed() {
        assertThat(reader.read(event("schedule.json"))).isEqualTo(new Event.MinutePassed());
    }

    @Nested
    class Not_for_us {

        @ParameterizedTest
        @CsvSource({
            "arn:aws:ecs:us-east-1:012345678910:cluster/other, true, true",
            "arn:aws:ecs:us-east-1:012345678910:cluster/spillway-2, true, true",
            "arn:aws:ecs:eu-west-1:012345678910:cluster/spillway, false, true",
            "arn:aws:ecs:us-east-1:999999999999:cluster/spillway, true, true",
            "'', true, true"
        })
        void is_a_task_of_another_cluster(String clusterArn, boolean byName, boolean byArn) {
            for (String file : List.of("ecs-task-running.json", "ecs-container-instance.json")) {
                ObjectNode event = event(file);
                detail(event).put("clusterArn", clusterArn);
                assertThat(reader.read(event) instanceof Event.Ignored).isEqualTo(byName);
                assertThat(new EventReader(CLUSTER_ARN).read(event) instanceof Event.Ignored)
                        .isEqualTo(byArn);
            }
        }

        @Test
        void is_an_event_that_another_account_has_sent_about_our_cluster() {
            ObjectNode event = event("ecs-task-running.json");
            event.put("account", "999999999999");
            assertIgnored(event, "a task of another cluster");
        }

        @Test
        void is_a_cluster_of_another_account_with_our_name_if_ours_is_given_by_ARN() {
            ObjectNode event = event("ecs-task-running.json");
            event.put("account", "999999999999");
            detail(event).put("clusterArn", "arn:aws:ecs:us-east-1:999999999999:cluster/spillway");
            assertThat(new EventReader(CLUSTER_ARN).read(event))
                    .isEqualTo(new Event.Ignored("a task of another cluster"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ecs-svc/1234567890123456789", "", "two words", "ümlaut", "word-count-7", "spillway/"})
        void is_a_task_that_others_started(String startedBy) {
            ObjectNode event = event("ecs-task-running.json");
            detail(event).put("startedBy", startedBy);
            assertIgnored(event, "a task that no message started");
        }

        @Test
        void is_a_task_that_nobody_claims() {
            ObjectNode event = event("ecs-task-running.json");
            detail(event).remove("startedBy");
            assertIgnored(event, "a task that no message started");
            detail(event).put("startedBy", 7);
            assertIgnored(event, "a task that no message started");
        }

        @Test
        void is_what_somebody_else_calls_by_the_same_name() {
            ObjectNode event = event("ecs-task-running.json");
            event.put("source", "my.app");
            assertIgnored(event, "an event of type \"ECS Task State Change\"");
        }

        @Test
        void is_a_kind_of_event_that_nobody_subscribed_to() {
            ObjectNode event = event("ecs-task-running.json");
            event.put("detail-type", "ECS Deployment State Change");
            assertIgnored(event, "an event of type \"ECS Deployment State Change\"");
            event.put("detail-type", "x".repeat(10_000));
            assertThat(((Event.Ignored) reader.read(event)).why()).hasSizeLessThan(200);
        }
    }

    @Nested
    class Garbage {

        @ParameterizedTest
        @ValueSource(strings = {"taskArn", "version", "lastStatus"})
        void without_a_needed_field(String field) {
            ObjectNode event = event("ecs-task-running.json");
            detail(event).remove(field);
            assertIgnored(event, "a task event without taskArn, version or lastStatus");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"3\"", "3.5", "null", "true", "[]", "99999999999999999999999999"})
        void with_a_version_that_is_none(String version) throws IOException {
            ObjectNode event = event("ecs-task-running.json");
            detail(event).set("version", JSON.readTree(version));
            assertIgnored(event, "a task event without taskArn, version or lastStatus");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "\"main\"",
                    "7",
                    "[\"main\"]",
                    "[null]",
                    "[{\"name\":\"main\",\"exitCode\":\"0\"}]",
                    "[{\"name\":\"main\",\"exitCode\":1.5}]",
                    "[{\"name\":\"main\",\"exitCode\":99999999999}]"
                })
        void with_containers_that_are_none(String containers) throws IOException {
            ObjectNode event = event("ecs-task-stopped-success.json");
            detail(event).set("containers", JSON.readTree(containers));
            assertIgnored(event, "a task event whose containers are not as documented");
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "{}", "[]", "7", "\"text\"", "{\"detail-type\":7}", "{\"detail\":[]}", ""})
        void of_any_other_kind(String json) throws IOException {
            assertThat(reader.read(JSON.readTree(json))).isInstanceOf(Event.Ignored.class);
        }

        @ParameterizedTest
        @MethodSource("dev.spillway.taskstate.event.EventReaderTest#files")
        void in_place_of_any_field_is_no_exception(Path file) {
            String name = file.getFileName().toString();
            List<JsonNode> odd = List.of(
                    JsonNodeFactory.instance.nullNode(),
                    JsonNodeFactory.instance.numberNode(-1),
                    JsonNodeFactory.instance.textNode("odd"),
                    JsonNodeFactory.instance.arrayNode().add(7),
                    JsonNodeFactory.instance.objectNode());
            for (String pointer : pointers("", event(name))) {
                for (JsonNode value : odd) {
                    ObjectNode event = event(name);
                    int slash = pointer.lastIndexOf('/');
                    JsonNode parent = event.at(pointer.substring(0, slash));
                    if (parent instanceof ObjectNode object) {
                        object.set(pointer.substring(slash + 1), value);
                        assertThat(reader.read(event))
                                .as("%s = %s", pointer, value)
                                .isNotNull();
                    }
                }
            }
        }
    }

    @Property(tries = 300, seed = "20261101")
    void a_damaged_text_that_is_still_JSON_is_no_exception(
            @ForAll @IntRange(max = 3_000) int at, @ForAll @StringLength(max = 4) String patch) {
        String text = event("ecs-task-stopped-failed.json").toString();
        int from = at % text.length();
        String damaged = text.substring(0, from) + patch + text.substring(Math.min(text.length(), from + 2));
        try {
            assertThat(reader.read(JSON.readTree(damaged))).isNotNull();
        } catch (IOException noJson) {
            // Lambda does not hand in what is no JSON.
            assertThat(noJson).isNotNull();
        }
    }

    private void assertIgnored(ObjectNode event, String why) {
        assertThat(reader.read(event)).isEqualTo(new Event.Ignored(why));
    }

    private TaskChange change(String file) {
        return ((Event.TaskChanged) reader.read(event(file))).change();
    }

    private static List<String> pointers(String prefix, JsonNode node) {
        List<String> all = new ArrayList<>();
        node.fieldNames().forEachRemaining(name -> {
            all.add(prefix + "/" + name);
            all.addAll(pointers(prefix + "/" + name, node.path(name)));
        });
        for (int i = 0; i < (node.isArray() ? node.size() : 0); i++) {
            all.addAll(pointers(prefix + "/" + i, node.path(i)));
        }
        return all;
    }

    private static ObjectNode detail(ObjectNode event) {
        return object(event, "detail");
    }

    private static ObjectNode object(ObjectNode node, String field) {
        return (ObjectNode) node.path(field);
    }

    private static ObjectNode event(String file) {
        try {
            return (ObjectNode) JSON.readTree(Files.readString(EVENTS.resolve(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
