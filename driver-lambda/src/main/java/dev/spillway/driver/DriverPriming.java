package dev.spillway.driver;

import dev.spillway.common.ecs.EcsTaskDefinitions;
import dev.spillway.common.ecs.TaskDefinitionFacts;
import dev.spillway.common.function.Priming;
import dev.spillway.common.message.MessageParser;
import dev.spillway.common.message.ParsedMessage;
import dev.spillway.common.store.TaskIndex;
import dev.spillway.common.store.TaskStore;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.ContainerWork;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskSize;
import dev.spillway.driver.launch.EcsLauncher;
import dev.spillway.driver.launch.Launch;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.ecs.EcsClient;

/**
 * The path of a message up to its first write, with a message that nobody sent. It has objects of its own, so that the
 * driver's remember nothing of it.
 */
final class DriverPriming {

    /** It is only read, so it does no harm if there is such a task, or such a task definition. */
    private static final TaskId NOBODY = new TaskId("spillway-priming");

    private static final String MESSAGE = """
            {"taskId": "spillway-priming", "taskDefinition": "spillway-priming:1", "command": ["true"]}""";

    private DriverPriming() {}

    static Priming of(DriverConfig config, EcsClient ecs, TaskStore store, TaskIndex index, Clock clock) {
        EcsTaskDefinitions definitions = new EcsTaskDefinitions(ecs);
        EcsLauncher launcher = new EcsLauncher(ecs, config.cluster(), config.network(), config.providers());
        return Priming.with("request", () -> launcher.rehearse(launch()))
                .and("record", () -> store.find(NOBODY))
                .and("waiting line", () -> index.waiting(1))
                .and("task definition", () -> definitions.find(work().taskDefinition(), clock.instant()));
    }

    private static ContainerWork work() {
        return switch (MessageParser.parse(MESSAGE, NOBODY.value())) {
            case ParsedMessage.Run run -> Objects.requireNonNull(run.request().container());
            case ParsedMessage.Cancel cancel -> throw new IllegalStateException("it is a message to run");
            case ParsedMessage.Invalid invalid -> throw new IllegalStateException(String.valueOf(invalid.errors()));
        };
    }

    private static Launch.OnEcs launch() {
        TaskSize size = new TaskSize(256, 512);
        TaskDefinitionFacts definition = new TaskDefinitionFacts(
                work().taskDefinition(),
                "awsvpc",
                Set.of("EC2", "FARGATE"),
                size.cpu(),
                size.memory(),
                Set.of(),
                List.of(new TaskDefinitionFacts.Container("main", true, size.cpu(), size.memory())));
        return new Launch.OnEcs(NOBODY, 1, 1, CapacityType.FARGATE, work(), definition, size);
    }
}
