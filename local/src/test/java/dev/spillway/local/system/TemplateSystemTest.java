package dev.spillway.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.eventbridge.EventPattern;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;

/** The whole of Spillway, started from the repository's template.yaml, with tasks that really run. */
class TemplateSystemTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final String DEFINITION = """
            {"family": "spillway-test", "networkMode": "awsvpc", "requiresCompatibilities": ["EC2", "FARGATE"],
             "cpu": "256", "memory": "512",
             "containerDefinitions": [{"name": "main", "image": "none", "essential": true}]}
            """;

    private static final String FUNCTION = """
            {"functionName": "spillway-count", "command": ["sh", "-c", "wc -c"], "timeout": 30, "memorySize": 128}
            """;

    @TempDir
    private Path directory;

    private final Map<String, TaskRecord> ended = new ConcurrentHashMap<>();

    @Test
    void messagesBecomeTasksThatRunToTheirEnd() throws Exception {
        CountDownLatch left = new CountDownLatch(5);
        try (TemplateSystem system = TemplateSystem.start(options(1, 0))) {
            system.onRecord(record -> {
                if (record.status().isEnd() && ended.put(record.taskId().value(), record) == null) {
                    left.countDown();
                }
            });
            send(system, task("ok", "exit 0", ""));
            send(system, task("bad", "echo no; exit 7", ""));
            send(system, task("large", "exit 0", ",\"cpu\":4096,\"memory\":8192"));
            send(system, "{\"taskId\":\"fn\",\"function\":\"spillway-count\",\"payload\":{\"a\":1}}");
            send(
                    system,
                    "{\"taskId\":\"wrong\",\"taskDefinition\":\"spillway-test\",\"taskRoleArn\":\"arn:aws:iam::1:role/x\"}");
            assertThat(left.await(60, TimeUnit.SECONDS))
                    .withFailMessage("only these ended: %s", ended.keySet())
                    .isTrue();
            // The record is where the AWS CLI finds it, too.
            assertThat(system.store().find(new TaskId("ok"))).contains(ended.get("ok"));
            assertThat(Files.readString(system.logOf("bad"))).isEqualTo("no\n");
        }
        assertThat(ended.get("ok"))
                .returns(TaskStatus.SUCCEEDED, TaskRecord::status)
                .returns(CapacityType.EC2, TaskRecord::capacityType)
                .returns(0, TaskRecord::exitCode);
        assertThat(ended.get("bad"))
                .returns(TaskStatus.FAILED, TaskRecord::status)
                .returns(7, TaskRecord::exitCode);
        assertThat(ended.get("large"))
                .returns(TaskStatus.SUCCEEDED, TaskRecord::status)
                .returns(CapacityType.FARGATE, TaskRecord::capacityType);
        assertThat(ended.get("fn"))
                .returns(TaskStatus.SUCCEEDED, TaskRecord::status)
                .returns(CapacityType.LAMBDA, TaskRecord::capacityType);
        assertThat(ended.get("wrong"))
                .returns(TaskStatus.REJECTED, TaskRecord::status)
                .extracting(TaskRecord::reason)
                .asString()
                .contains("taskRoleArn");
    }

    @Test
    void everyChangeOfStatusIsAnEventOnTheBus() throws Exception {
        List<String> statuses = new CopyOnWriteArrayList<>();
        CountDownLatch over = new CountDownLatch(1);
        try (TemplateSystem system = TemplateSystem.start(options(1, 0))) {
            JsonNode pattern = new ObjectMapper().readTree("{\"source\": [\"spillway\"]}");
            system.bus().addRule("chain", EventPattern.parse(pattern), event -> {
                JsonNode detail = event.path("detail");
                statuses.add(detail.path("version").asInt() + " "
                        + detail.path("status").asText());
                if (detail.path("status").asText().equals("SUCCEEDED")) {
                    assertThat(event.toString()).contains("\"taskId\":\"ok\"").doesNotContain("hunter2");
                    over.countDown();
                }
            });
            send(system, task("ok", "exit 0", ",\"environment\":{\"PASSWORD\":\"hunter2\"}"));
            assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(statuses).contains("1 LAUNCHING").anyMatch(status -> status.endsWith(" SUCCEEDED"));
    }

    /** Its instances belong to the capacity providers, and those of Fargate are still there. */
    @Test
    void theModeManagedScalingStartsToo() throws IOException {
        SystemOptions options = options(2, 0).withParameter("Ec2CapacityMode", "ManagedScaling");
        try (TemplateSystem system = TemplateSystem.start(options)) {
            assertThat(system.cluster().instances().get())
                    .extracting(ContainerInstance::capacityProviderName)
                    .containsExactlyInAnyOrder("spot-spillway", "on-demand-spillway");
        }
    }

    @Test
    void aPortInUseIsOneSentence() throws IOException {
        try (TemplateSystem first = TemplateSystem.start(options(0, 0))) {
            URI taken = first.sqsEndpoint();
            SystemOptions same = options(0, taken.getPort());
            assertThatThrownBy(() -> TemplateSystem.start(same))
                    .isInstanceOf(SystemStartException.class)
                    .hasMessageContaining("Port " + taken.getPort() + " is in use")
                    .hasMessageContaining("--sqs-port");
        }
    }

    @Test
    void anUnknownInstanceTypeIsOneSentence() throws IOException {
        SystemOptions options = new SystemOptions(1, "z9.huge", RuntimeKind.SIMULATED, 0, 0, 0, directory, project());
        assertThatThrownBy(() -> TemplateSystem.start(options))
                .isInstanceOf(SystemStartException.class)
                .hasMessageContaining("z9.huge");
    }

    @Test
    void aVariableThatIsMisspeltInTheTemplateIsOneSentence() throws IOException {
        SystemOptions options = options(0, 0);
        Path template = options.projectDirectory().resolve("template.yaml");
        Files.writeString(template, Files.readString(template).replace("MAX_LOSSES:", "MAX_LOSS:"));
        assertThatThrownBy(() -> TemplateSystem.start(options))
                .isInstanceOf(SystemStartException.class)
                .hasMessageContaining("it never asks for the variables that it is given: MAX_LOSS.");
    }

    private SystemOptions options(int instances, int sqsPort) throws IOException {
        return new SystemOptions(instances, "m5.large", RuntimeKind.PROCESS, 0, sqsPort, 0, directory, project());
    }

    private Path project() throws IOException {
        Path project = Files.createDirectories(directory.resolve("project"));
        Path definitions = Files.createDirectories(project.resolve("examples/task-definitions"));
        Path functions = Files.createDirectories(project.resolve("examples/functions"));
        Files.writeString(definitions.resolve("test.json"), DEFINITION);
        Files.writeString(functions.resolve("count.json"), FUNCTION);
        Path template = project.resolve("template.yaml");
        Files.writeString(template, Files.readString(REPOSITORY.resolve("template.yaml")));
        return project;
    }

    private static String task(String id, String script, String more) {
        return "{\"taskId\":\"%s\",\"taskDefinition\":\"spillway-test\",\"command\":[\"sh\",\"-c\",\"%s\"]%s}"
                .formatted(id, script, more);
    }

    private static void send(TemplateSystem system, String body) {
        system.sqs().sendMessage(r -> r.queueUrl(system.taskQueueUrl()).messageBody(body));
    }
}
