package dev.spillway.local.runtime;

import dev.spillway.local.time.Scheduled;
import dev.spillway.local.time.Timeline;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs containers as processes of this machine. The image is not looked at: entry point and command must exist here.
 *
 * <p>Each container starts in a fresh directory of its own, {@code <task id>/<container>} in the run's directory for
 * work; standard output and error of all containers of a task go to {@code logs/<task id>.log} of the run. A process sees the
 * container's environment and nothing else of this program's, whose environment may hold credentials, except
 * {@code PATH}, {@code HOME} (its directory), {@code LANG}, and {@code SPILLWAY_PROJECT_DIR} (absolute; where examples
 * find the project's files). When the process ends, whatever it started ends with it, as in a container.
 */
public final class ProcessRuntime implements ContainerRuntime {

    /** The environment variable that names the project's directory to a container. */
    public static final String PROJECT_DIR = "SPILLWAY_PROJECT_DIR";

    private final Path runDir;
    private final Timeline timeline;
    private final Map<String, String> baseEnvironment;
    private final ProcessTree tree = ProcessTree.ofThisSystem();
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * A runtime that keeps everything under one directory.
     *
     * @param runDir made when missing
     * @param projectDir what containers see as {@value #PROJECT_DIR}
     * @param path the search path for commands, as in {@code PATH}
     * @param timeline of the stop timeouts
     */
    public ProcessRuntime(Path runDir, Path projectDir, String path, Timeline timeline) {
        this.runDir = runDir.toAbsolutePath();
        this.timeline = timeline;
        this.baseEnvironment = Map.of(
                "PATH",
                path,
                "LANG",
                "C.UTF-8",
                PROJECT_DIR,
                projectDir.toAbsolutePath().toString());
    }

    /** Where the output of a task is, or will be. */
    public Path logFile(String taskId) {
        return runDir.resolve("logs").resolve(FileNames.safe(taskId) + ".log");
    }

    @Override
    public RunningContainer start(ContainerRun run, Consumer<ContainerExit> onExit) {
        List<String> command =
                Stream.concat(run.entryPoint().stream(), run.command().stream()).toList();
        Optional<String> problem = problem(run, command);
        if (closed || problem.isPresent()) {
            onExit.accept(
                    new ContainerExit.NotStarted("CannotStartContainerError: " + problem.orElse("shutting down")));
            return NOTHING;
        }
        Process process;
        try {
            process = launch(run, command);
        } catch (IOException e) {
            onExit.accept(new ContainerExit.NotStarted("CannotStartContainerError: " + e.getMessage()));
            return NOTHING;
        }
        Running container = new Running(process, run.stopTimeout());
        running.add(container);
        if (closed) {
            container.kill();
        }
        process.onExit().thenAccept(ended -> container.ended(onExit));
        return container;
    }

    private Process launch(ContainerRun run, List<String> command) throws IOException {
        Path directory = workingDirectory(run);
        Files.createDirectories(directory);
        Path log = logFile(run.taskId());
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(tree.wrap(command))
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(baseEnvironment);
        environment.put("HOME", directory.toString());
        environment.putAll(run.environment());
        return builder.start();
    }

    /** Finds out before the start what the wrapping command would otherwise hide behind its own exit code. */
    private Optional<String> problem(ContainerRun run, List<String> command) {
        if (command.isEmpty()) {
            return Optional.of("container " + run.name()
                    + " has neither entryPoint nor command, and its image is not run here (--runtime process)");
        }
        String program = command.getFirst();
        String path = run.environment().getOrDefault("PATH", baseEnvironment.getOrDefault("PATH", ""));
        return Programs.exists(program, path, workingDirectory(run))
                ? Optional.empty()
                : Optional.of("exec: \"" + program + "\": executable file not found in $PATH");
    }

    private Path workingDirectory(ContainerRun run) {
        return runDir.resolve("work").resolve(FileNames.safe(run.taskId())).resolve(FileNames.safe(run.name()));
    }

    @Override
    public void close() {
        closed = true;
        List<Running> left = new ArrayList<>(running);
        left.forEach(RunningContainer::kill);
        // SIGKILL cannot be refused; waiting means that no process outlives the program.
        left.forEach(container -> container.process.onExit().join());
    }

    static final RunningContainer NOTHING = new RunningContainer() {
        @Override
        public void stop() {}

        @Override
        public void kill() {}
    };

    private final class Running implements RunningContainer {
        private final Process process;
        private final Duration stopTimeout;
        private volatile Scheduled killLater = () -> {};

        Running(Process process, Duration stopTimeout) {
            this.process = process;
            this.stopTimeout = stopTimeout;
        }

        @Override
        public void stop() {
            if (process.isAlive()) {
                tree.terminate(process);
                killLater = timeline.schedule(stopTimeout, this::kill);
            }
        }

        @Override
        public void kill() {
            if (process.isAlive()) {
                tree.kill(process);
            }
        }

        void ended(Consumer<ContainerExit> onExit) {
            killLater.cancel();
            tree.kill(process);
            running.remove(this);
            onExit.accept(new ContainerExit.Exited(process.exitValue()));
        }
    }

    /** Makes the directory; a run directory that cannot be written is found at the start, not with the first task. */
    public ProcessRuntime prepared() {
        try {
            Files.createDirectories(runDir.resolve("logs"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the run directory " + runDir, e);
        }
    }
}
