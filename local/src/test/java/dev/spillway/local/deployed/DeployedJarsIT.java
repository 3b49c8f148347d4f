package dev.spillway.local.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.template.FunctionResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code sam deploy} would send, started from its jars as Lambda starts it: with SnapStart's hooks, the role's credentials
 * and the events of the directory events.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "AWS's runtime interface client is made for Linux")
class DeployedJarsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TaskId STORY = new TaskId("told-by-jars");

    @TempDir
    private static Path directory;

    private static DeployedStack stack;

    @BeforeAll
    static void deploy() throws Exception {
        stack = DeployedStack.start(directory);
    }

    @AfterAll
    static void remove() {
        stack.close();
    }

    static Stream<FunctionResource> functions() {
        return DeployedStack.resources().stream();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void each_function_is_restored_from_its_snapshot_and_answers_its_recorded_events(FunctionResource resource)
            throws Exception {
        DeployedFunction function = stack.function(resource.logicalId());
        function.awaitCheckpoint();
        assertThat(function.init()).isEqualTo(new RuntimeApi.Init.Ready());

        List<Path> events = stack.eventsFor(resource);

        assertThat(events)
                .isNotEmpty()
                .allSatisfy(event -> assertThat(function.invoke(JSON.readTree(event.toFile())))
                        .isInstanceOfSatisfying(
                                RuntimeApi.Answer.Success.class,
                                answer -> assertThat(answer.body().path("batchItemFailures"))
                                        .isEmpty()));
        assertThat(function.printed())
                .noneMatch(line -> line.contains("\"level\":\"ERROR\""))
                // Nor has one of the steps before the snapshot failed, nor is a payload or a variable of a message
                // told.
                .noneMatch(line -> line.contains("the snapshot is taken without") || line.contains("alice"));
    }

    @Test
    void a_task_is_followed_from_its_message_to_its_recorded_end() throws Exception {
        DeployedFunction driver = stack.function("DriverFunction");
        DeployedFunction taskState = stack.function("TaskStateFunction");

        driver.invoke(told("sqs-tasks.json"));
        assertThat(record().status()).isEqualTo(TaskStatus.PLACED);
        taskState.invoke(told("ecs-task-running.json"));
        assertThat(record().status()).isEqualTo(TaskStatus.RUNNING);
        taskState.invoke(told("ecs-task-stopped-success.json"));

        assertThat(record().status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(stack.aws().asked()).contains("RunTask", "Invoke");
        assertThat(driver.printed()).anyMatch(line -> line.contains("_aws") && line.contains("\"TasksAccepted\""));
    }

    @Test
    void a_function_without_one_of_its_variables_says_so_when_it_starts() throws Exception {
        FunctionResource driver = stack.resource("DriverFunction");
        Map<String, String> variables = new HashMap<>(driver.environment());
        variables.remove("TABLE_NAME");

        try (DeployedFunction function = stack.start(driver, variables)) {
            assertThat(function.init())
                    .isInstanceOfSatisfying(
                            RuntimeApi.Init.Failed.class,
                            failed -> assertThat(
                                            failed.error().path("errorMessage").asText())
                                    .contains("TABLE_NAME"));
        }
    }

    /** The recorded event, about a task of this test's own. */
    private static JsonNode told(String event) throws IOException {
        return JSON.readTree(
                Files.readString(DeployedStack.EVENTS.resolve(event)).replace("word-count-7", STORY.value()));
    }

    private static TaskRecord record() {
        return stack.store().find(STORY).orElseThrow();
    }
}
