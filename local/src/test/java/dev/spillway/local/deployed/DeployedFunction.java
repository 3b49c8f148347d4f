package dev.spillway.local.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spillway.local.template.FunctionResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A function in an execution environment of its own: a process with the variables that Lambda gives it. */
final class DeployedFunction implements AutoCloseable {

    /** So that a process that hangs fails a test instead of hanging it too. */
    private static final long LONGEST_WAIT_SECONDS = 120;

    private final RuntimeApi api;
    private final Process process;
    private final Path log;

    private DeployedFunction(RuntimeApi api, Process process, Path log) {
        this.api = api;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it. Whether it could, {@link #init} tells.
     *
     * @param command starts the function's runtime
     * @param code the directory that holds the function, or its jars in the directory lib
     * @param variables its own, and those that lead to the services
     * @param log gets what it prints
     */
    static DeployedFunction start(
            FunctionResource function, List<String> command, Path code, Map<String, String> variables, Path log)
            throws IOException {
        RuntimeApi api = new RuntimeApi(function.timeout());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(code.toFile()).redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(variables);
        environment.putAll(Map.ofEntries(
                Map.entry("AWS_LAMBDA_RUNTIME_API", api.authority()),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", function.snapStart() ? "snap-start" : "on-demand"),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", function.name()),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "1"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memory())),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name()),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/01/[1]0123456789abcdef"),
                Map.entry("AWS_EXECUTION_ENV", "AWS_Lambda_java25"),
                Map.entry("LAMBDA_TASK_ROOT", code.toString()),
                Map.entry("_HANDLER", function.handler()),
                Map.entry("LANG", "en_US.UTF-8"),
                Map.entry("TZ", ":UTC")));
        Process process = builder.start();
        process.onExit()
                .thenAccept(ended -> api.ended(new IllegalStateException(
                        "the function's process ended with %d; see %s".formatted(ended.exitValue(), log))));
        return new DeployedFunction(api, process, log);
    }

    RuntimeApi.Init init() {
        return await(api.init());
    }

    /** Waits until the hooks before the snapshot have run. */
    void awaitCheckpoint() {
        await(api.checkpoint());
    }

    RuntimeApi.Answer invoke(JsonNode event) throws IOException {
        return await(api.invoke(event));
    }

    /** All that it has printed: its log, and its metrics in the embedded metric format. */
    List<String> printed() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most memory that its process has had so far, in MiB; 0 where the system does not tell. */
    long peakMemory() {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException failure) {
            throw new AssertionError(String.join("\n", printed()), failure);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        api.close();
    }
}
