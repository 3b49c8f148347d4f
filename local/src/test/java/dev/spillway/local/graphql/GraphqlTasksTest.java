package dev.spillway.local.graphql;

import static dev.spillway.local.graphql.PublicRecords.NOON;
import static dev.spillway.local.graphql.PublicRecords.SECRET;
import static dev.spillway.local.graphql.PublicRecords.failed;
import static dev.spillway.local.graphql.PublicRecords.rejected;
import static dev.spillway.local.graphql.PublicRecords.since;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.common.store.TaskIndex.Summary;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.template.ResolvedTemplate;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;

/** The queries of template.yaml: its schema and its JavaScript, on a table with what the store wrote. */
class GraphqlTasksTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String TASK = """
            query ($id: ID!) {
              task(taskId: $id) {
                taskId status attempt launch capacityType taskArn containerInstanceArn reason exitCode
                history { at status what }
                createdAt waitingSince placedAt startedAt stoppedAt updatedAt version
                needs { cpu memory capacity }
              }
            }
            """;

    private static final String TASKS = """
            query ($status: TaskStatus!, $limit: Int, $nextToken: String) {
              tasks(status: $status, limit: $limit, nextToken: $nextToken) {
                tasks { taskId status capacityType createdAt updatedAt reason }
                nextToken
              }
            }
            """;

    private static final ResolvedTemplate TEMPLATE = ResolvedTemplate.withEverything();

    private static TasksTable table;
    private static AppSyncApi api;

    @BeforeAll
    static void the_table_and_the_api_over_it() {
        table = new TasksTable();
        api = AppSyncApi.of(TEMPLATE, table.client());
    }

    @AfterAll
    static void stop() {
        table.close();
    }

    @Test
    void a_task_is_the_public_part_of_its_record() throws Exception {
        table.create(failed("all"));

        assertThat(task("all")).isEqualTo(JSON.readTree("""
                {"taskId": "all", "status": "FAILED", "attempt": 1, "launch": 1, "capacityType": "EC2_SPOT",
                 "taskArn": "arn:aws:ecs:us-east-1:012345678910:task/spillway/1",
                 "containerInstanceArn": "arn:aws:ecs:us-east-1:012345678910:container-instance/spillway/2",
                 "reason": "\\"main\\" ended with exit code 137 <here>", "exitCode": 137,
                 "history": [
                   {"at": "2026-11-21T12:00:00.020000Z", "status": "LAUNCHING", "what": "launch 1 on EC2_SPOT"},
                   {"at": "2026-11-21T12:00:04.000000Z", "status": "FAILED",
                    "what": "\\"main\\" ended with exit code 137 <here>"}],
                 "createdAt": "2026-11-21T12:00:00.000000Z", "waitingSince": "2026-11-21T12:00:00.000000Z",
                 "placedAt": "2026-11-21T12:00:01.000000Z", "startedAt": "2026-11-21T12:00:02.000000Z",
                 "stoppedAt": "2026-11-21T12:00:03.000000Z", "updatedAt": "2026-11-21T12:00:04.000000Z", "version": 1,
                 "needs": {"cpu": 0, "memory": 512, "capacity": ["EC2_SPOT", "FARGATE"]}}
                """));
    }

    @Test
    void what_a_record_lacks_is_null() {
        table.create(rejected("little"));

        JsonNode task = task("little");

        assertThat(task.path("status").asText()).isEqualTo("REJECTED");
        assertThat(task.path("history")).hasSize(1);
        assertThat(List.of("capacityType", "taskArn", "exitCode", "placedAt", "needs"))
                .allSatisfy(field -> assertThat(task.get(field).isNull()).isTrue());
    }

    @Test
    void a_task_that_nobody_knows_is_null_and_no_error() {
        ExecutionResult answer = api.execute(TASK, Map.of("id", "nobody"));

        assertThat(answer.getErrors()).isEmpty();
        assertThat(data(answer).path("task").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"request", "command", "environment", "payload", "container", "claim", "pastTaskArns"})
    void what_is_not_public_cannot_be_asked_for(String field) {
        assertThat(api.execute("{ task(taskId: \"all\") { %s } }".formatted(field), Map.of())
                        .getErrors())
                .singleElement()
                .extracting(GraphQLError::getMessage)
                .asString()
                .contains("Field '" + field + "' in type 'Task' is undefined");
    }

    /** Not even by a resolver that asks for it. */
    @ParameterizedTest
    @ValueSource(strings = {"request", "claim", "past_task_arns"})
    void the_role_cannot_read_what_is_not_public(String attribute) {
        TableRole role = new TableRole(TEMPLATE.named("GraphqlTableRole"));

        role.check("dynamodb:GetItem", "spillway-tasks.Arn", Set.of("task_id", "reason"));
        assertThatThrownBy(() -> role.check("dynamodb:GetItem", "spillway-tasks.Arn", Set.of("task_id", attribute)))
                .isInstanceOf(AssertionError.class);
        TaskRecord task = table.create(failed("secret-" + attribute.replace('_', '-')));
        assertThat(table.item(task.taskId()).toString()).contains(SECRET);
    }

    /** Some pages end within an instant that several tasks share. */
    @ParameterizedTest
    @CsvSource({"1, 15, SUCCEEDED", "7, 60, TIMED_OUT", "20, 41, CANCELLED", "100, 130, FAILED"})
    void tasks_come_newest_first_over_all_pages_and_shards_none_twice_and_none_missing(
            int limit, int count, TaskStatus status) {
        Random random = new Random(limit);
        IntStream.range(0, count)
                .forEach(i -> table.create(since(
                        NOON.plusNanos(1_000L * random.nextInt(count / 2)), "page-%d-%d".formatted(limit, i), status)));

        List<JsonNode> told = all(status, limit);

        assertThat(told)
                .extracting(task -> task.path("updatedAt").asText())
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(told)
                .extracting(task -> task.path("taskId").asText())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(table.index().withStatus(status, 1_000).stream()
                        .map(Summary::taskId)
                        .map(TaskId::value)
                        .toList());
    }

    /** As a sweep leaves them that ends many tasks. */
    @Test
    void tasks_of_one_instant_are_told_over_as_many_pages_as_they_take() {
        IntStream.range(0, 40).forEach(i -> table.create(since(NOON, "swept-" + i, TaskStatus.RUNNING)));
        table.create(since(NOON.plusSeconds(1), "after", TaskStatus.RUNNING));
        table.create(since(NOON.minusSeconds(1), "before", TaskStatus.RUNNING));

        List<JsonNode> told = all(TaskStatus.RUNNING, 9);

        assertThat(told).hasSize(42).doesNotHaveDuplicates();
        assertThat(told.getFirst().path("taskId").asText()).isEqualTo("after");
        assertThat(told.getLast().path("taskId").asText()).isEqualTo("before");
    }

    @Test
    void what_changes_between_two_pages_neither_repeats_nor_hides_another_task() {
        List<TaskRecord> placed = IntStream.range(0, 30)
                .mapToObj(i -> table.create(since(NOON.plusSeconds(i / 3), "moving-" + i, TaskStatus.PLACED)))
                .toList();
        JsonNode first = page(TaskStatus.PLACED, 10, null);
        Set<String> told = new HashSet<>();
        first.path("tasks").forEach(task -> told.add(task.path("taskId").asText()));

        // One that was told and one that was not leave, and a new one comes.
        table.update(left(placed.get(20)));
        table.update(left(placed.get(3)));
        table.create(since(NOON.plusSeconds(60), "late", TaskStatus.PLACED));
        List<JsonNode> rest =
                following(TaskStatus.PLACED, 10, first.path("nextToken").asText());

        assertThat(told).hasSize(10).contains("moving-20");
        assertThat(rest)
                .extracting(task -> task.path("taskId").asText())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 30)
                        .mapToObj(i -> "moving-" + i)
                        .filter(id -> !told.contains(id) && !id.equals("moving-3"))
                        .toList());
    }

    @Test
    void a_line_of_the_list_has_what_the_index_holds() throws Exception {
        table.create(since(NOON, "line", TaskStatus.WAITING));

        assertThat(page(TaskStatus.WAITING, 1, null).at("/tasks/0")).isEqualTo(JSON.readTree("""
                {"taskId": "line", "status": "WAITING", "capacityType": "FARGATE", "reason": "because of line",
                 "createdAt": "2026-11-21T12:00:00.000000Z", "updatedAt": "2026-11-21T12:00:00.000000Z"}
                """));
    }

    @Test
    void no_task_of_a_status_is_an_empty_page() throws Exception {
        assertThat(page(TaskStatus.LAUNCHING, null, null))
                .isEqualTo(JSON.readTree("{\"tasks\": [], \"nextToken\": null}"));
    }

    @Test
    void a_page_reads_one_task_more_of_each_shard_than_it_holds() {
        api.table().limits().clear();

        page(TaskStatus.LAUNCHING, null, null);

        assertThat(api.table().limits()).hasSize(8).containsOnly(21);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | | limit is 1 to 100, not 0.",
                "-1 | | limit is 1 to 100, not -1.",
                "101 | | limit is 1 to 100, not 101.",
                "10 | 2026 | nextToken is not that of an earlier answer.",
                "10 | some old token | nextToken is not that of an earlier answer."
            })
    void what_cannot_be_asked_is_an_error_in_a_sentence(int limit, @Nullable String nextToken, String sentence) {
        ExecutionResult answer = tasks(TaskStatus.FAILED, limit, nextToken);

        assertThat(answer.getErrors()).singleElement().satisfies(error -> {
            assertThat(error.getMessage()).isEqualTo(sentence);
            assertThat(error.getExtensions()).containsEntry("errorType", "BadRequest");
        });
        assertThat(data(answer).path("tasks").isNull()).isTrue();
    }

    @Test
    void what_dynamodb_refuses_is_told_in_its_words_and_nothing_else_is() {
        AppSyncApi throttled = AppSyncApi.of(TEMPLATE, new Throttled());

        assertThat(List.of(
                        throttled.execute(TASK, Map.of("id", "all")),
                        throttled.execute(TASKS, Map.of("status", "FAILED"))))
                .allSatisfy(answer -> {
                    assertThat(answer.getErrors()).singleElement().satisfies(error -> {
                        assertThat(error.getMessage()).isEqualTo("Rate exceeded");
                        assertThat(error.getExtensions()).containsEntry("errorType", "DynamoDB:ThrottlingException");
                    });
                    assertThat(data(answer).elements().next().isNull()).isTrue();
                });
    }

    private static final class Throttled implements DynamoDbClient {
        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            throw refusal();
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            throw refusal();
        }

        private static RuntimeException refusal() {
            return ThrottlingException.builder()
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("ThrottlingException")
                            .errorMessage("Rate exceeded")
                            .build())
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private static TaskRecord left(TaskRecord task) {
        Instant now = NOON.plusSeconds(90);
        return task.toBuilder().become(TaskStatus.RUNNING, now, "running").build();
    }

    private static JsonNode task(String id) {
        ExecutionResult answer = api.execute(TASK, Map.of("id", id));
        assertThat(answer.getErrors()).isEmpty();
        return data(answer).path("task");
    }

    private static List<JsonNode> all(TaskStatus status, int limit) {
        return following(status, limit, null);
    }

    private static List<JsonNode> following(TaskStatus status, int limit, @Nullable String token) {
        List<JsonNode> told = new ArrayList<>();
        @Nullable String next = token;
        do {
            JsonNode page = page(status, limit, next);
            page.path("tasks").forEach(told::add);
            next = page.path("nextToken").textValue();
            assertThat(page.path("tasks").size()).isBetween(next == null ? 0 : limit, limit);
        } while (next != null);
        return told;
    }

    private static JsonNode page(TaskStatus status, @Nullable Integer limit, @Nullable String nextToken) {
        ExecutionResult answer = tasks(status, limit, nextToken);
        assertThat(answer.getErrors()).isEmpty();
        return data(answer).path("tasks");
    }

    private static ExecutionResult tasks(TaskStatus status, @Nullable Integer limit, @Nullable String nextToken) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("status", status.name());
        variables.put("limit", limit);
        variables.put("nextToken", nextToken);
        return api.execute(TASKS, variables);
    }

    private static JsonNode data(ExecutionResult answer) {
        return JSON.valueToTree(answer.getData());
    }
}
