package dev.spillway.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/** The length of the overrides, held against what the SDK really sends. */
class OverridesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\"quoted\\\"", "\n\t\u0001\u007f", "é€\u2028", "\ud83d\uded1"})
    void theLengthIsThatOfTheCall(String value) throws IOException {
        String quoted = new ObjectMapper().writeValueAsString(value);
        TaskRequest request = accepted("""
                {"taskId": "a", "taskDefinition": "t", "container": "main", "command": ["x", %s],
                 "environment": {"A": %s, "Z": "z"}, "cpu": 256, "memory": 1024,
                 "retry": {"attempts": 10}}""".formatted(quoted, quoted));

        assertThat(Overrides.length(request.taskId(), container(request), 10))
                .isEqualTo(sent(request.taskId(), container(request), 10).length());
    }

    @Test
    void theLimitIsExact() {
        String empty = message("\"container\": \"main\"", 0);
        TaskRequest request = accepted(empty);
        int room = Overrides.MAX_CHARACTERS - Overrides.length(request.taskId(), container(request), 1);

        accepted(message("\"container\": \"main\"", room));
        assertThat(refused(message("\"container\": \"main\"", room + 1)))
                .isEqualTo("message: got container overrides of 8193 characters as JSON, wants at most 8192"
                        + ": 1 too many in command and environment");
    }

    @Test
    void anAttemptOfTwoDigitsNeedsOneMore() {
        TaskRequest request = accepted(message("\"container\": \"main\"", 0));
        int room = Overrides.MAX_CHARACTERS - Overrides.length(request.taskId(), container(request), 1);

        accepted(message("\"container\": \"main\", \"retry\": {\"attempts\": 9}", room));
        assertThat(refused(message("\"container\": \"main\", \"retry\": {\"attempts\": 10}", room)))
                .contains("8193 characters");
    }

    @Test
    void aContainerThatIsNotNamedCountsAsTheLongestName() {
        TaskRequest named = accepted(message("\"container\": \"" + "x".repeat(255) + "\"", 0));
        TaskRequest unnamed = accepted(message("\"priority\": 0", 0));

        assertThat(Overrides.length(unnamed.taskId(), container(unnamed), 1))
                .isEqualTo(Overrides.length(named.taskId(), container(named), 1));
    }

    private static String message(String field, int length) {
        return "{\"taskId\": \"a\", \"taskDefinition\": \"t\", " + field + ", \"environment\": {\"A\": \""
                + "x".repeat(length) + "\"}}";
    }

    private static TaskRequest accepted(String body) {
        return TaskRequestJson.read(body);
    }

    private static String refused(String body) {
        return ((ParsedMessage.Invalid) MessageParser.parse(body, "a")).sentence();
    }

    private static ContainerWork container(TaskRequest request) {
        return Objects.requireNonNull(request.container());
    }

    /** The overrides in the body of a RunTask request. */
    private static String sent(TaskId taskId, ContainerWork work, int attempt) throws IOException {
        TreeMap<String, String> environment = new TreeMap<>(work.environment());
        environment.put("SPILLWAY_TASK_ID", taskId.value());
        environment.put("SPILLWAY_ATTEMPT", String.valueOf(attempt));
        List<KeyValuePair> pairs = new ArrayList<>();
        environment.forEach((name, value) ->
                pairs.add(KeyValuePair.builder().name(name).value(value).build()));
        TaskOverride overrides = TaskOverride.builder()
                .containerOverrides(ContainerOverride.builder()
                        .name(work.container())
                        .command(work.command())
                        .environment(pairs)
                        .cpu(work.cpu())
                        .memory(work.memory())
                        .build())
                .cpu(String.valueOf(work.cpu()))
                .memory(String.valueOf(work.memory()))
                .build();
        RecordingHttpClient http = new RecordingHttpClient();
        try (EcsClient ecs = EcsClient.builder()
                .httpClient(http)
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build()) {
            ecs.runTask(call -> call.clientToken("t").overrides(overrides));
        }
        String beginning = "{\"overrides\":";
        // A token of its own would be made up by the SDK.
        String body = http.body.replace(",\"clientToken\":\"t\"", "").replace("\"clientToken\":\"t\",", "");
        assertThat(body).startsWith(beginning).endsWith("}");
        return body.substring(beginning.length(), body.length() - 1);
    }

    /** Keeps the body of the last request and answers with an empty object. */
    private static final class RecordingHttpClient implements SdkHttpClient {
        private String body = "";

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    body = new String(
                            request.contentStreamProvider()
                                    .orElseThrow()
                                    .newStream()
                                    .readAllBytes(),
                            StandardCharsets.UTF_8);
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder().statusCode(200).build())
                            .responseBody(AbortableInputStream.create(
                                    new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8))))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }
}
