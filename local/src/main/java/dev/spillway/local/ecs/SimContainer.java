package dev.spillway.local.ecs;

import dev.spillway.local.runtime.ContainerExit;
import dev.spillway.local.runtime.RunningContainer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** One container of a task. Guarded by the lock of its {@link EcsWorld}. */
final class SimContainer {

    private final String arn;
    private final String taskArn;
    private final ContainerDefinition definition;
    private final int cpu;
    private String status = "PENDING";
    private @Nullable RunningContainer handle;
    private @Nullable ContainerExit exit;

    SimContainer(String arn, String taskArn, ContainerDefinition definition, int cpu) {
        this.arn = arn;
        this.taskArn = taskArn;
        this.definition = definition;
        this.cpu = cpu;
    }

    ContainerDefinition definition() {
        return definition;
    }

    boolean isEssential() {
        return TaskDefinitionRules.isEssential(definition);
    }

    @Nullable
    RunningContainer handle() {
        return handle;
    }

    void started(RunningContainer running) {
        handle = running;
    }

    void running() {
        if (exit == null) {
            status = "RUNNING";
        }
    }

    void ended(ContainerExit how) {
        exit = how;
        status = "STOPPED";
    }

    /** Of a task that stops before its containers ran. */
    void neverRan() {
        if (exit == null) {
            status = "STOPPED";
        }
    }

    boolean hasEnded() {
        return exit != null;
    }

    @Nullable
    String failureToStart() {
        return exit instanceof ContainerExit.NotStarted failure ? failure.reason() : null;
    }

    Container describe() {
        Container.Builder container = Container.builder()
                .containerArn(arn)
                .taskArn(taskArn)
                .name(definition.name())
                .image(definition.image())
                .lastStatus(status)
                .networkInterfaces(List.of())
                .cpu(Integer.toString(cpu));
        // No exit code at all where no container ran: that is how ECS tells the two apart.
        if (exit instanceof ContainerExit.Exited exited) {
            container.exitCode(exited.exitCode());
        } else if (exit instanceof ContainerExit.NotStarted failure) {
            container.reason(failure.reason());
        }
        return container.build();
    }
}
