package dev.spillway.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.local.cli.deployment.OpenDeployments;
import dev.spillway.local.cli.terminal.StopSignal;
import dev.spillway.local.cli.terminal.Terminal;
import dev.spillway.local.cli.up.UpFile;
import dev.spillway.local.system.LocalSystem;
import dev.spillway.local.system.RuntimeKind;
import dev.spillway.local.system.SystemOptions;
import dev.spillway.local.system.TemplateSystem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a whole system, which they reach as another process does. */
class CommandsTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final String DEFINITION = """
            {"family": "spillway-test", "networkMode": "awsvpc", "requiresCompatibilities": ["EC2", "FARGATE"],
             "cpu": "256", "memory": "512",
             "containerDefinitions": [{"name": "main", "image": "none", "essential": true}]}
            """;

    @TempDir
    private Path project;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StopSignal stopSignal = new StopSignal();

    @Test
    void tellOfTasksAndCancelThem() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        try (LocalSystem system = TemplateSystem.start(options())) {
            UpFile.of(system, project).write(project);
            system.onRecord(record -> {
                String what = record.taskId() + " " + record.status();
                (what.equals("fails FAILED") ? ended : what.equals("sleeps RUNNING") ? running : new CountDownLatch(1))
                        .countDown();
            });
            send(system, "fails", "echo no; exit 7");
            send(system, "sleeps", "echo zzz; sleep 600");
            assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();

            assertThat(spillway("status", "fails")).isEqualTo(0);
            assertThat(out()).contains("Status              FAILED", "Exit code           7", "asking EC2");

            assertThat(spillway("logs", "fails")).isEqualTo(0);
            assertThat(out()).isEqualTo("no\n");

            assertThat(spillway("cancel", "sleeps", "--reason", "enough\u001b[2J"))
                    .isEqualTo(0);
            assertThat(out()).contains("Task sleeps is CANCELLED: enough�[2J");
            assertThat(spillway("cancel", "fails")).isEqualTo(1);
            assertThat(err()).contains("Task fails had already ended: FAILED");

            assertThat(spillway("status", "sleeps", "--json")).isEqualTo(0);
            JsonNode json = new ObjectMapper().readTree(out());
            assertThat(json.path("status").asText()).isEqualTo("CANCELLED");
            assertThat(json.path("reason").asText()).isEqualTo("enough\u001b[2J");

            assertThat(spillway("status", "nobody")).isEqualTo(1);
            assertThat(err()).startsWith("There is no task nobody.");
            assertThat(spillway("logs", "nobody")).isEqualTo(1);
            assertThat(spillway("list", "--status", "rejected")).isEqualTo(0);
            assertThat(out()).isEqualTo("No task is REJECTED." + System.lineSeparator());
            assertThat(spillway("list")).isEqualTo(0);
            assertThat(out()).containsSubsequence("sleeps", "fails");
        }

        // Its file is still there, as after a crash.
        assertThat(spillway("list")).isEqualTo(2);
        assertThat(err()).startsWith("No Spillway is up here");
    }

    private int spillway(String... arguments) {
        out.reset();
        err.reset();
        Terminal terminal =
                new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false, false, 120);
        Surroundings here = new Surroundings(
                TemplateSystem::start,
                new OpenDeployments(project),
                terminal,
                new ByteArrayInputStream(new byte[0]),
                Clock.systemUTC(),
                stopSignal,
                project);
        return Main.execute(here, arguments);
    }

    private SystemOptions options() throws Exception {
        Files.createDirectories(project.resolve(".spillway"));
        Path definitions = Files.createDirectories(project.resolve("examples/task-definitions"));
        Files.writeString(definitions.resolve("test.json"), DEFINITION);
        Files.writeString(project.resolve("template.yaml"), Files.readString(REPOSITORY.resolve("template.yaml")));
        return new SystemOptions(1, "m5.large", RuntimeKind.PROCESS, 0, 0, 0, project, project);
    }

    private static void send(LocalSystem system, String id, String script) {
        String body = "{\"taskId\":\"%s\",\"taskDefinition\":\"spillway-test\",\"command\":[\"sh\",\"-c\",\"%s\"]}"
                .formatted(id, script);
        system.sqs().sendMessage(r -> r.queueUrl(system.taskQueueUrl()).messageBody(body));
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
