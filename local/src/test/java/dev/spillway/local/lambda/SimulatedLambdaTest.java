package dev.spillway.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.time.RealTimeline;
import dev.spillway.local.time.SimulatedTimeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

@Timeout(60)
class SimulatedLambdaTest {

    @TempDir
    Path dir;

    private final SimulatedTimeline timeline = new SimulatedTimeline(Instant.parse("2026-11-01T00:00:00Z"), 1);
    private final List<ObjectNode> events = new ArrayList<>();

    private LambdaClient simulated(String name, Map<String, String> environment) {
        LambdaFunction function = new LambdaFunction(name, List.of("none"), environment, 30, 128);
        return new SimulatedLambdaClient(
                LambdaSettings.defaults(),
                Map.of(name, function),
                new SimulatedFunctionRunner(timeline, Duration.ofSeconds(2)),
                timeline,
                events::add,
                1);
    }

    private static InvokeResponse invokeLater(LambdaClient lambda, String payload) {
        return lambda.invoke(r ->
                r.functionName("f").invocationType(InvocationType.EVENT).payload(SdkBytes.fromUtf8String(payload)));
    }

    @Test
    void aSuccessIsRecordedOnTheBus() {
        LambdaClient lambda = simulated("f", Map.of());

        assertThat(invokeLater(lambda, "{\"taskId\":\"a\"}").statusCode()).isEqualTo(202);
        timeline.runUntilIdle();

        ObjectNode event = events.getFirst();
        assertThat(event.path("source").asText()).isEqualTo("lambda");
        assertThat(event.path("detail-type").asText()).isEqualTo("Lambda Function Invocation Result - Success");
        JsonNode detail = event.path("detail");
        assertThat(detail.path("requestPayload").path("taskId").asText()).isEqualTo("a");
        assertThat(detail.path("requestContext").path("condition").asText()).isEqualTo("Success");
        assertThat(detail.path("requestContext").path("functionArn").asText())
                .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST");
        assertThat(detail.path("timestamp").asText()).isEqualTo("2026-11-01T00:00:02Z");
    }

    @ParameterizedTest
    @CsvSource({"SIMULATED_EXIT_CODE, 1, Runtime.ExitError, 186", "SIMULATED_SECONDS, 100, Sandbox.Timedout, 270"})
    void aFailureIsTriedThreeTimesAndThenRecorded(String variable, String value, String errorType, int seconds) {
        LambdaClient lambda = simulated("f", Map.of(variable, value));

        invokeLater(lambda, "{}");
        timeline.runUntilIdle();

        assertThat(events).hasSize(1);
        JsonNode detail = events.getFirst().path("detail");
        assertThat(events.getFirst().path("detail-type").asText())
                .isEqualTo("Lambda Function Invocation Result - Failure");
        assertThat(detail.path("requestContext").path("condition").asText()).isEqualTo("RetriesExhausted");
        assertThat(detail.path("requestContext").path("approximateInvokeCount").asInt())
                .isEqualTo(3);
        assertThat(detail.path("responseContext").path("functionError").asText())
                .isEqualTo("Unhandled");
        assertThat(detail.path("responsePayload").path("errorType").asText()).isEqualTo(errorType);
        // Three runs, and waits of one and two minutes between them.
        assertThat(detail.path("timestamp").asText())
                .isEqualTo(Instant.parse("2026-11-01T00:00:00Z")
                        .plusSeconds(seconds)
                        .toString());
    }

    @Test
    void whatLambdaDoesNotAcceptIsRefused() {
        LambdaClient lambda = simulated("f", Map.of());

        assertThatThrownBy(() -> lambda.invoke(r -> r.functionName("g")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found: arn:aws:lambda:us-east-1:000000000000:function:g");
        assertThatThrownBy(() -> invokeLater(lambda, "\"" + "x".repeat(1024 * 1024) + "\""))
                .isInstanceOf(RequestTooLargeException.class);
        assertThatThrownBy(() -> invokeLater(lambda, "{")).isInstanceOf(InvalidRequestContentException.class);
        assertThatThrownBy(() -> lambda.invoke(r -> r.functionName("f").qualifier("live")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Qualifier");
        timeline.runUntilIdle();
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            cat                      ; {"a":1}     ; none
            echo plain words         ; "plain words" ; none
            true                     ; null        ; none
            echo gone >&2 && exit 3 ; exit status 3 ; Unhandled
            """, quoteCharacter = '\0')
    void aProcessGetsTheEventAndItsOutputIsTheAnswer(String script, String answer, String error) throws Exception {
        LambdaFunction function = new LambdaFunction("f", List.of("sh", "-c", script), Map.of(), 30, 128);
        try (RealTimeline real = new RealTimeline();
                ProcessFunctionRunner runner = new ProcessFunctionRunner(dir, dir, "/usr/bin:/bin")) {
            LambdaClient lambda = new SimulatedLambdaClient(
                    LambdaSettings.defaults(), Map.of("f", function), runner, real, event -> {}, 1);

            InvokeResponse response =
                    lambda.invoke(r -> r.functionName("f").payload(SdkBytes.fromUtf8String("{\"a\":1}")));

            assertThat(response.payload().asUtf8String()).contains(answer);
            assertThat(response.functionError()).isEqualTo(error.equals("none") ? null : error);
        }
    }

    @Test
    void aProcessThatTakesTooLongIsKilled() throws Exception {
        LambdaFunction function = new LambdaFunction("f", List.of("sleep", "1000"), Map.of(), 1, 128);
        CompletableFuture<ObjectNode> event = new CompletableFuture<>();
        try (RealTimeline real = new RealTimeline();
                ProcessFunctionRunner runner = new ProcessFunctionRunner(dir, dir, "/usr/bin:/bin")) {
            LambdaClient lambda = new SimulatedLambdaClient(
                    new LambdaSettings("us-east-1", "000000000000", List.of()),
                    Map.of("f", function),
                    runner,
                    real,
                    event::complete,
                    1);

            invokeLater(lambda, "{}");

            assertThat(event.get(30, TimeUnit.SECONDS)
                            .path("detail")
                            .path("responsePayload")
                            .path("errorType")
                            .asText())
                    .isEqualTo("Sandbox.Timedout");
        }
    }

    @Test
    void functionsAreReadStrictlyFromADirectory() throws Exception {
        Path file = dir.resolve("f.json");
        Files.writeString(file, "{\"functionName\": \"f\", \"command\": [\"python3\", \"x.py\"], \"timeout\": 30}");
        assertThat(LambdaFunctionFiles.load(dir))
                .containsEntry("f", new LambdaFunction("f", List.of("python3", "x.py"), Map.of(), 30, 128));

        for (String bad : List.of(
                "{\"functionName\": \"f\"}",
                "{\"functionName\": \"f\", \"command\": [\"x\"], \"handler\": \"y\"}",
                "{\"functionName\": \"f\", \"command\": [\"x\"], \"timeout\": 901}",
                "{\"functionName\": \"f\", \"command\": [\"x\"], \"timeout\": \"30\"}",
                "{\"functionName\": \"a b\", \"command\": [\"x\"]}",
                "[]",
                "{")) {
            Files.writeString(file, bad);
            assertThatIllegalArgumentException()
                    .as(bad)
                    .isThrownBy(() -> LambdaFunctionFiles.load(dir))
                    .withMessageContaining("f.json");
        }
    }
}
