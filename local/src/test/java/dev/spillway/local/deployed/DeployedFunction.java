package dev.spillway.local.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spillway.local.template.FunctionResource;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function as Lambda's managed runtime runs it: the unpacked jar in a process of its own, loaded and called by AWS's
 * runtime interface client, with the options of that runtime's JVM and its share of the function's memory as heap.
 */
final class DeployedFunction implements AutoCloseable {

    /** Of {@code MemorySize}, as the managed runtime gives it to the heap. */
    private static final double HEAP = 0.85;

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
     * @param code the directory of the unpacked jar
     * @param variables its own, and those that lead to the services
     * @param log gets what it prints
     */
    static DeployedFunction start(FunctionResource function, Path code, Map<String, String> variables, Path log)
            throws IOException {
        RuntimeApi api = new RuntimeApi(function.timeout());
        ProcessBuilder builder =
                new ProcessBuilder(command(function)).directory(code.toFile()).redirectErrorStream(true);
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

    private static List<String> command(FunctionResource function) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:MaxHeapSize=%dk".formatted((long) (function.memory() * 1024 * HEAP)),
                "-XX:+UseSerialGC",
                "-XX:+TieredCompilation",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-cp",
                classPathOfTheRuntime(),
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                function.handler());
    }

    /** Of the test's own class path: nothing else may help the function. */
    private static String classPathOfTheRuntime() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry)
                        .getFileName()
                        .toString()
                        .matches("(aws-lambda-java-(runtime-interface-client|core|serialization)|utils-lite)-.*\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
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
