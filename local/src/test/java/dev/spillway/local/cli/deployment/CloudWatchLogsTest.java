package dev.spillway.local.cli.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.local.cli.run.Records;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.LogDriver;

class CloudWatchLogsTest {

    private static final TaskRecord TASK =
            Records.running("a", CapacityType.FARGATE).build();
    private static final String RUN = "arn:aws:ecs:us-east-1:000000000000:task/spillway/0123abcd";
    private static final Map<String, String> OPTIONS =
            Map.of("awslogs-group", "/spillway", "awslogs-stream-prefix", "jobs", "awslogs-region", "eu-west-1");

    private final List<String> lines = new ArrayList<>();
    private final List<String> regions = new ArrayList<>();
    private boolean streamExists = true;

    @Test
    void readsTheStreamOfTheFirstEssentialContainer() throws Exception {
        lines.addAll(List.of("one", "two", "three"));
        LogTail tail = logs(LogDriver.AWSLOGS, OPTIONS).tail(TASK, RUN);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThat(tail.copyTo(out)).isTrue();
        assertThat(out.toString(UTF_8)).isEqualTo("one\ntwo\nthree\n");
        assertThat(regions).containsExactly("eu-west-1");

        lines.add("four");
        tail.copyTo(out);
        assertThat(out.toString(UTF_8)).isEqualTo("one\ntwo\nthree\nfour\n");
    }

    @Test
    void hasNoLogBeforeTheContainerHasStarted() throws Exception {
        streamExists = false;

        assertThat(logs(LogDriver.AWSLOGS, OPTIONS).tail(TASK, RUN).copyTo(new ByteArrayOutputStream()))
                .isFalse();
    }

    @Test
    void saysWhereToLookInstead() {
        assertThatThrownBy(() -> logs(LogDriver.FLUENTD, Map.of()).tail(TASK, RUN))
                .isInstanceOf(NoLogException.class)
                .hasMessageContainingAll("main", "fluentd");
        assertThatThrownBy(() -> logs(null, Map.of()).tail(TASK, RUN)).hasMessageContaining("default of its host");
        assertThatThrownBy(() -> logs(LogDriver.AWSLOGS, OPTIONS).tail(TASK, "0f-request-id"))
                .isInstanceOf(NoLogException.class)
                .hasMessageContainingAll("invocation", "0f-request-id");
    }

    private CloudWatchLogs logs(@Nullable LogDriver driver, Map<String, String> options) {
        return new CloudWatchLogs(new Definitions(driver, options), region -> {
            regions.add(region);
            return new Pages();
        });
    }

    private record Definitions(@Nullable LogDriver driver, Map<String, String> options) implements EcsClient {

        @Override
        public DescribeTaskDefinitionResponse describeTaskDefinition(DescribeTaskDefinitionRequest request) {
            assertThat(request.taskDefinition()).isEqualTo("spillway-word-count");
            ContainerDefinition sidecar = container("sidecar", c -> c.essential(false));
            ContainerDefinition main = container("main", c -> {
                if (driver != null) {
                    c.logConfiguration(log -> log.logDriver(driver).options(options));
                }
            });
            return DescribeTaskDefinitionResponse.builder()
                    .taskDefinition(definition -> definition.containerDefinitions(sidecar, main))
                    .build();
        }

        private static ContainerDefinition container(String name, Consumer<ContainerDefinition.Builder> more) {
            return ContainerDefinition.builder().name(name).applyMutation(more).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    /** Two events a page; at the end the same token again, as CloudWatch has it. */
    private final class Pages implements CloudWatchLogsClient {

        @Override
        public GetLogEventsResponse getLogEvents(GetLogEventsRequest request) {
            if (!streamExists) {
                throw ResourceNotFoundException.builder().message("no stream").build();
            }
            assertThat(request.logGroupName()).isEqualTo("/spillway");
            assertThat(request.logStreamName()).isEqualTo("jobs/main/0123abcd");
            assertThat(request.startFromHead()).isTrue();
            int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
            int to = Math.min(from + 2, lines.size());
            Stream<OutputLogEvent> events = lines.subList(from, to).stream()
                    .map(line -> OutputLogEvent.builder().message(line).build());
            return GetLogEventsResponse.builder()
                    .events(events.toList())
                    .nextForwardToken(String.valueOf(to))
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
