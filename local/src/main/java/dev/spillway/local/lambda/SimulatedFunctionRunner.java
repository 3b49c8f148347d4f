package dev.spillway.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.spillway.local.runtime.ContainerExit;
import dev.spillway.local.runtime.ContainerRun;
import dev.spillway.local.runtime.RunningContainer;
import dev.spillway.local.runtime.SimulatedRuntime;
import dev.spillway.local.time.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs nothing: a function is a duration and an exit code, both from its environment under the names of
 * {@link SimulatedRuntime}. Success answers {@code null}.
 */
public final class SimulatedFunctionRunner implements FunctionRunner {

    private final SimulatedRuntime runtime;

    public SimulatedFunctionRunner(Timeline timeline, Duration defaultDuration) {
        this.runtime = new SimulatedRuntime(timeline, defaultDuration);
    }

    @Override
    public Runnable run(LambdaFunction function, String requestId, JsonNode event, Consumer<Result> onEnd) {
        ContainerRun run = new ContainerRun(
                requestId,
                requestId,
                function.functionName(),
                "",
                List.of(),
                function.command(),
                function.environment(),
                0,
                function.memorySize(),
                Duration.ZERO);
        RunningContainer running = runtime.start(run, exit -> onEnd.accept(result(requestId, exit)));
        return running::kill;
    }

    private static Result result(String requestId, ContainerExit exit) {
        return switch (exit) {
            case ContainerExit.Exited exited ->
                exited.exitCode() == 0
                        ? new Result.Returned(JsonNodeFactory.instance.nullNode())
                        : new Result.Failed(FunctionErrors.exited(requestId, exited.exitCode()));
            case ContainerExit.NotStarted failure ->
                new Result.Failed(FunctionErrors.notStarted(requestId, failure.reason()));
        };
    }

    @Override
    public void close() {
        runtime.close();
    }
}
