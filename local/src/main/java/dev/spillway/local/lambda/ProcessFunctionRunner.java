package dev.spillway.local.lambda;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.spillway.local.runtime.ProcessRuntime;
import dev.spillway.local.runtime.ProcessTree;
import dev.spillway.local.runtime.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Runs functions as processes. The event is JSON on standard input; exit code 0 is success, and standard output the
 * answer: JSON, or else a string. Standard error goes to {@code <run dir>/logs/<request id>.log}. The environment is
 * the function's own and the few variables that {@link ProcessRuntime} gives a container.
 */
public final class ProcessFunctionRunner implements FunctionRunner {

    /** The most that a function may answer (Lambda quotas: 6 MB). */
    private static final long MAX_ANSWER = 6L * 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path runDir;
    private final Map<String, String> baseEnvironment;
    private final String path;
    private final ProcessTree tree = ProcessTree.ofThisSystem();
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    /**
     * A runner that keeps everything under one directory.
     *
     * @param runDir made when missing
     * @param projectDir what functions see as {@value ProcessRuntime#PROJECT_DIR}; also where they start, so that
     *     {@code command} can name a file of the project
     * @param path the search path for commands, as in {@code PATH}
     */
    public ProcessFunctionRunner(Path runDir, Path projectDir, String path) {
        this.runDir = runDir.toAbsolutePath();
        this.path = path;
        this.baseEnvironment = Map.of(
                "PATH",
                path,
                "LANG",
                "C.UTF-8",
                "HOME",
                runDir.toAbsolutePath().toString(),
                ProcessRuntime.PROJECT_DIR,
                projectDir.toAbsolutePath().toString());
    }

    @Override
    public Runnable run(LambdaFunction function, String requestId, JsonNode event, Consumer<Result> onEnd) {
        Path project = Path.of(baseEnvironment.getOrDefault(ProcessRuntime.PROJECT_DIR, "."));
        if (!Programs.exists(function.command().getFirst(), path, project)) {
            onEnd.accept(new Result.Failed(FunctionErrors.notStarted(
                    requestId, "exec: \"" + function.command().getFirst() + "\": executable file not found in $PATH")));
            return () -> {};
        }
        try {
            Files.createDirectories(runDir.resolve("logs"));
            Path input = Files.writeString(runDir.resolve(requestId + ".event"), event.toString());
            Path output = runDir.resolve(requestId + ".answer");
            Process process = start(function, project, requestId, input, output);
            running.add(process);
            process.onExit().thenAccept(ended -> {
                tree.kill(ended);
                running.remove(ended);
                onEnd.accept(result(requestId, ended.exitValue(), input, output));
            });
            return () -> tree.kill(process);
        } catch (IOException e) {
            onEnd.accept(new Result.Failed(FunctionErrors.notStarted(requestId, String.valueOf(e.getMessage()))));
            return () -> {};
        }
    }

    private Process start(LambdaFunction function, Path project, String requestId, Path input, Path output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(tree.wrap(function.command()))
                .directory(project.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        runDir.resolve("logs").resolve(requestId + ".log").toFile()));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(baseEnvironment);
        environment.put("AWS_LAMBDA_FUNCTION_NAME", function.functionName());
        environment.putAll(function.environment());
        return builder.start();
    }

    private static Result result(String requestId, int exitCode, Path input, Path output) {
        try {
            if (exitCode != 0) {
                return new Result.Failed(FunctionErrors.exited(requestId, exitCode));
            }
            if (Files.size(output) > MAX_ANSWER) {
                return new Result.Failed(FunctionErrors.error(
                        "Function.ResponseSizeTooLarge",
                        "Response payload size exceeded maximum allowed payload size (6291556 bytes)."));
            }
            return new Result.Returned(answer(new String(Files.readAllBytes(output), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return new Result.Failed(FunctionErrors.error("Runtime.Unknown", String.valueOf(e.getMessage())));
        } finally {
            input.toFile().delete();
            output.toFile().delete();
        }
    }

    private static JsonNode answer(String output) {
        if (output.isBlank()) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            return JSON.readTree(output);
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.textNode(output.strip());
        }
    }

    @Override
    public void close() {
        running.forEach(tree::kill);
    }
}
