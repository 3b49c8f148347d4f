package dev.spillway.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.common.task.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The template is the only wiring that there is: what is changed there changes what runs here, or is refused. */
class WiringTest {

    private static final Path TEMPLATE = Path.of("..", "template.yaml");
    private static final Map<String, String> DRIVER = Map.of("FunctionName", "spillway-DriverFunction");
    private static final Map<String, String> METRIC = Map.of("FunctionName", "spillway-CapacityMetricFunction");

    @TempDir
    private Path directory;

    @Test
    void a_schedule() throws Exception {
        String sample = "        Sample:\n          Type: Schedule\n          Properties:\n            Schedule: ";
        assertThat(invocations(sample + "rate(1 minute)", sample + "rate(5 minutes)", METRIC, system -> {}))
                .isEqualTo(3);
        assertThat(invocations(sample + "rate(1 minute)", sample + "rate(10 minutes)", METRIC, system -> {}))
                .isEqualTo(1);
    }

    @Test
    void a_batch_size() throws Exception {
        Consumer<SimulatedSystem> twelve = system -> {
            for (int i = 0; i < 12; i++) {
                system.send(Job.onEc2("task-" + i).json());
            }
        };
        String batch = "            Queue: !GetAtt TaskQueue.Arn\n            BatchSize: ";
        double inTens = invocations(batch + "!Ref BatchSize", batch + "10", DRIVER, twelve);
        double inTwos = invocations(batch + "!Ref BatchSize", batch + "2", DRIVER, twelve);
        assertThat(inTwos).isEqualTo(inTens + 4);
    }

    @Test
    void a_rule() throws Exception {
        SimulatedSystem wired = start("", "");
        SimulatedSystem cut = start("[ECS Task State Change]", "[ECS Task State Changes]");
        for (SimulatedSystem system : new SimulatedSystem[] {wired, cut}) {
            system.send(Job.onEc2("job").json());
            system.runFor(Duration.ofMinutes(2));
        }

        assertThat(wired.record("job").status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(cut.record("job").status()).as("until the sweep asks ECS").isEqualTo(TaskStatus.PLACED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RELEASE_QUEUE_URL: | RELEASE_QUEUE: | RELEASE_QUEUE_URL is missing",
                "MAX_LOSSES: | MAX_LOSS: | it never asks for the variables that it is given: MAX_LOSS",
                "RETENTION_DAYS: !Ref RetentionDays | RETENTION_DAYS: never | RETENTION_DAYS wants a whole number",
                "Handler: dev.spillway.driver.DriverHandler | Handler: dev.spillway.driver.Drivers | there is no such class",
                "Schedule: rate(6 minutes) | Schedule: rate(6 minute) | rate(6 minute)",
                "Schedule: rate(6 minutes) | Schedules: rate(6 minutes) | Schedules",
                "BatchSize: !Ref BatchSize | BatchSize: many | BatchSize",
                "BatchSize: !Ref BatchSize | BatchSize: 0 | a batch has at least one message, not 0",
                "Type: EventBridgeRule | Type: EventBridgeRules | has an event type that is not known here",
                "Queue: !GetAtt TaskQueue.Arn | Queue: !GetAtt TasksQueue.Arn | TasksQueue.Arn",
                "MetricName: SchedulableContainers | Metric: SchedulableContainers | Metric",
                "AdjustmentType: ChangeInCapacity | AdjustmentType: ChangeCapacity | ChangeCapacity"
            })
    void what_is_misspelt_is_refused_and_named(String right, String wrong, String words) {
        assertThatThrownBy(() -> start(right, wrong)).hasMessageContaining(words);
    }

    /** How often a function is invoked in 20 minutes. */
    private double invocations(String right, String other, Map<String, String> function, Consumer<SimulatedSystem> jobs)
            throws IOException {
        SimulatedSystem system = start(right, other);
        jobs.accept(system);
        system.runFor(Duration.ofMinutes(20));
        return AwsMetricsTest.of(system, "AWS/Lambda", "Invocations", function, "Sum").stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private SimulatedSystem start(String right, String other) throws IOException {
        String template = Files.readString(TEMPLATE);
        assertThat(template).contains(right);
        Path changed = directory.resolve("template.yaml");
        Files.writeString(changed, template.replace(right, other));
        return Worlds.world(changed).spot(1, Worlds.INSTANCE).start();
    }
}
