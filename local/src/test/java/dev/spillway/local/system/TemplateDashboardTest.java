package dev.spillway.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.local.Await;
import dev.spillway.local.cli.up.UpPage;
import dev.spillway.local.loopback.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page draws the dashboard that the template deploys: what is changed there is seen here. */
class TemplateDashboardTest {

    private static final Path TEMPLATE =
            Path.of("..", "template.yaml").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    @Test
    void a_title_and_a_metric_that_are_changed_in_the_template_are_changed_on_the_page() throws Exception {
        String template = Files.readString(TEMPLATE);
        String changed = template.replace("\"title\": \"The driver\"", "\"title\": \"The one that launches\"")
                .replace(
                        "[\"AWS/Lambda\", \"Throttles\", \"FunctionName\"",
                        "[\"AWS/Lambda\", \"Duration\", \"FunctionName\"")
                .replace("[\"Spillway\", \"TasksAccepted\",", "[\"Spillway\", \"TasksNobodyKnows\",");
        assertThat(changed).isNotEqualTo(template);
        try (TemplateSystem system = TemplateSystem.start(options(changed));
                UpPage page = UpPage.start(0, system, Clock.systemUTC())) {
            system.sqs()
                    .sendMessage(send -> send.queueUrl(system.taskQueueUrl())
                            .messageBody("{\"taskDefinition\":\"spillway-nothing\"}"));

            Await.until(
                    "the driver is told of",
                    () -> !values(widget(page, "The one that launches"), "invocations")
                            .isEmpty());
            Await.until(
                    "the queue is told of",
                    () -> !values(widget(page, "Messages"), "task queue").isEmpty());
            assertThat(values(widget(page, "The one that launches"), "throttles"))
                    .as("what is now the duration, in milliseconds")
                    .singleElement()
                    .satisfies(duration -> assertThat(duration).isPositive());
            assertThat(values(widget(page, "The one that launches"), "at once, at most"))
                    .containsExactly(1.0);
            assertThat(values(widget(page, "Tasks taken"), "accepted"))
                    .as("a metric that nobody publishes")
                    .isEmpty();
            assertThat(titles(page)).contains("The one that launches").doesNotContain("The driver");
        }
    }

    @Test
    void what_the_local_system_does_not_know_is_refused_before_anything_starts() throws Exception {
        String template = Files.readString(TEMPLATE)
                .replace("\"title\": \"The driver\",", "\"title\": \"X\", \"sparkline\": true,");

        SystemOptions options = options(template);

        assertThatThrownBy(() -> TemplateSystem.start(options))
                .isInstanceOf(SystemStartException.class)
                .hasMessageContaining("\"X\": properties.sparkline is not known to the local system");
    }

    private SystemOptions options(String template) throws IOException {
        Path project = Files.createDirectories(directory.resolve("project"));
        Files.writeString(project.resolve("template.yaml"), template);
        return new SystemOptions(0, "m5.large", RuntimeKind.SIMULATED, 0, 0, 0, directory, project);
    }

    private static List<String> titles(UpPage page) {
        return StreamSupport.stream(widgets(page).spliterator(), false)
                .map(widget -> widget.path("title").asText())
                .toList();
    }

    private static JsonNode widget(UpPage page, String title) {
        return StreamSupport.stream(widgets(page).spliterator(), false)
                .filter(widget -> widget.path("title").asText().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode widgets(UpPage page) {
        RawHttp.Answer answer = RawHttp.request(page.address(), "GET")
                .host()
                .path("/api/dashboard?span=900")
                .send();
        try {
            return new ObjectMapper().readTree(answer.body()).path("widgets");
        } catch (IOException wrong) {
            throw new IllegalStateException(answer.body(), wrong);
        }
    }

    /** What is there of a line; a minute may have passed on the way. */
    private static List<Double> values(JsonNode widget, String label) {
        return StreamSupport.stream(widget.path("lines").spliterator(), false)
                .filter(line -> line.path("label").asText().equals(label))
                .flatMap(line -> StreamSupport.stream(line.path("values").spliterator(), false))
                .filter(JsonNode::isNumber)
                .map(JsonNode::doubleValue)
                .toList();
    }
}
