package dev.spillway.local.runtime;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs containers through the {@code docker} command. Values of the environment go through a file that only this user
 * can read and that is deleted when the container ends: command lines are visible to every user of a machine.
 */
public final class DockerRuntime implements ContainerRuntime {

    /** The exit code by which {@code docker run} says that the failure was Docker's and not the container's. */
    private static final int DOCKER_FAILED = 125;

    private static final int CPU_UNITS_PER_CPU = 1024;
    private static final long ENGINE_ANSWERS_WITHIN_SECONDS = 10;

    private final String docker;
    private final Path runDir;
    private final Set<Named> running = ConcurrentHashMap.newKeySet();

    private DockerRuntime(String docker, Path runDir) {
        this.docker = docker;
        this.runDir = runDir.toAbsolutePath();
    }

    /**
     * The runtime, when an engine answers.
     *
     * @param docker the command, usually {@code docker}
     * @param runDir logs go to {@code <run dir>/logs/<task id>.log}
     * @throws IllegalStateException with one sentence for the user when no engine answers
     */
    public static DockerRuntime connect(String docker, Path runDir) {
        try {
            Process version = new ProcessBuilder(docker, "version", "--format", "{{.Server.Version}}")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean answered = version.waitFor(ENGINE_ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS);
            version.destroyForcibly();
            if (answered && version.exitValue() == 0) {
                return new DockerRuntime(docker, runDir);
            }
        } catch (IOException e) {
            throw noEngine(docker, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw noEngine(docker, e);
        }
        throw noEngine(docker, null);
    }

    private static IllegalStateException noEngine(String docker, @Nullable Exception cause) {
        return new IllegalStateException(
                "No Docker engine answers to '" + docker
                        + " version'; start one, or use --runtime process, which needs none.",
                cause);
    }

    /** The command line that starts a container; holds names of the environment's file only, never its values. */
    static List<String> commandLine(String docker, ContainerRun run, Path environmentFile) {
        List<String> line = new ArrayList<>(List.of(docker, "run", "--rm", "--name", name(run)));
        if (run.cpu() > 0) {
            BigDecimal cpus = BigDecimal.valueOf(run.cpu())
                    .divide(BigDecimal.valueOf(CPU_UNITS_PER_CPU), 3, RoundingMode.HALF_UP)
                    .stripTrailingZeros();
            line.addAll(List.of("--cpus", cpus.toPlainString()));
        }
        if (run.memoryMiB() > 0) {
            line.addAll(List.of("--memory", run.memoryMiB() + "m"));
        }
        line.addAll(List.of("--stop-timeout", Long.toString(run.stopTimeout().toSeconds())));
        line.addAll(List.of("--env-file", environmentFile.toString()));
        List<String> arguments = new ArrayList<>(run.entryPoint());
        if (!arguments.isEmpty()) {
            line.addAll(List.of("--entrypoint", arguments.removeFirst()));
        }
        line.add("--");
        line.add(run.image());
        line.addAll(arguments);
        line.addAll(run.command());
        return line;
    }

    private static String name(ContainerRun run) {
        return "spillway-" + FileNames.safe(run.taskId()) + "-" + FileNames.safe(run.name());
    }

    @Override
    public RunningContainer start(ContainerRun run, Consumer<ContainerExit> onExit) {
        Optional<String> unwritable = run.environment().entrySet().stream()
                .filter(entry -> entry.getValue().indexOf('\n') >= 0)
                .map(Map.Entry::getKey)
                .findFirst();
        if (unwritable.isPresent()) {
            onExit.accept(new ContainerExit.NotStarted("CannotStartContainerError: the value of " + unwritable.get()
                    + " has several lines, which an environment file of Docker cannot hold"));
            return ProcessRuntime.NOTHING;
        }
        try {
            Path environment = environmentFile(run);
            Path log = runDir.resolve("logs").resolve(FileNames.safe(run.taskId()) + ".log");
            Files.createDirectories(log.getParent());
            Process process = new ProcessBuilder(commandLine(docker, run, environment))
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            Named container = new Named(name(run), run.stopTimeout().toSeconds());
            running.add(container);
            process.onExit().thenAccept(ended -> {
                running.remove(container);
                delete(environment);
                onExit.accept(exit(ended.exitValue(), log));
            });
            return container;
        } catch (IOException e) {
            onExit.accept(new ContainerExit.NotStarted("CannotStartContainerError: " + e.getMessage()));
            return ProcessRuntime.NOTHING;
        }
    }

    private static ContainerExit exit(int code, Path log) {
        return code == DOCKER_FAILED
                ? new ContainerExit.NotStarted("CannotStartContainerError: docker run failed, see " + log)
                : new ContainerExit.Exited(code);
    }

    private Path environmentFile(ContainerRun run) throws IOException {
        Files.createDirectories(runDir);
        Path file = Files.createTempFile(
                runDir,
                "env",
                ".list",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String lines = run.environment().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        Files.writeString(file, lines);
        return file;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.getLogger(DockerRuntime.class.getName())
                    .log(System.Logger.Level.WARNING, "could not delete " + file, e);
        }
    }

    @Override
    public void close() {
        running.forEach(RunningContainer::kill);
    }

    private final class Named implements RunningContainer {
        private final String name;
        private final long stopTimeoutSeconds;

        Named(String name, long stopTimeoutSeconds) {
            this.name = name;
            this.stopTimeoutSeconds = stopTimeoutSeconds;
        }

        @Override
        public void stop() {
            docker("stop", "--time", Long.toString(stopTimeoutSeconds), name);
        }

        @Override
        public void kill() {
            docker("kill", name);
        }

        private void docker(String... arguments) {
            List<String> line = new ArrayList<>(List.of(docker));
            line.addAll(List.of(arguments));
            try {
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("docker could not be called", e);
            }
        }
    }
}
