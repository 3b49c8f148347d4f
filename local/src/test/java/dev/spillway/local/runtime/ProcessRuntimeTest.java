package dev.spillway.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.local.time.RealTimeline;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ProcessRuntimeTest {

    @TempDir
    Path dir;

    private final RealTimeline timeline = new RealTimeline();
    private ProcessRuntime runtime;

    @BeforeEach
    void open() {
        runtime = new ProcessRuntime(dir, Path.of("."), "/usr/bin:/bin", timeline);
    }

    @AfterEach
    void close() {
        runtime.close();
        timeline.close();
    }

    private static ContainerRun run(Duration stopTimeout, String... command) {
        return new ContainerRun(
                "task/1",
                "arn",
                "main",
                "none",
                List.of(),
                List.of(command),
                Map.of("GREETING", "hello"),
                0,
                0,
                stopTimeout);
    }

    private CompletableFuture<ContainerExit> start(String... command) {
        CompletableFuture<ContainerExit> exit = new CompletableFuture<>();
        runtime.start(run(Duration.ofSeconds(30), command), exit::complete);
        return exit;
    }

    @ParameterizedTest
    @CsvSource({"exit 0, 0", "exit 7, 7", "kill -9 $$, 137"})
    void theExitCodeIsTheRealOne(String script, int code) throws Exception {
        assertThat(start("sh", "-c", script).get(30, TimeUnit.SECONDS)).isEqualTo(new ContainerExit.Exited(code));
    }

    @Test
    void outputAndErrorsGoToTheLogOfTheTask() throws Exception {
        start("sh", "-c", "echo out; echo err >&2; echo $GREETING").get(30, TimeUnit.SECONDS);

        assertThat(runtime.logFile("task/1"))
                .hasFileName("task_1.log")
                .content()
                .isEqualTo("out\nerr\nhello\n");
    }

    @Test
    void nothingOfThisProgramsEnvironmentIsSeen() throws Exception {
        start("env").get(30, TimeUnit.SECONDS);

        List<String> names = Files.readAllLines(runtime.logFile("task/1")).stream()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
        assertThat(names).containsExactlyInAnyOrder("PATH", "HOME", "LANG", "SPILLWAY_PROJECT_DIR", "GREETING");
    }

    @Test
    void eachContainerStartsInAFreshDirectoryOfItsOwn() throws Exception {
        start("sh", "-c", "ls -A; pwd").get(30, TimeUnit.SECONDS);

        assertThat(runtime.logFile("task/1"))
                .content()
                .isEqualTo(dir.toAbsolutePath().resolve("work/task_1/main") + "\n");
    }

    @ParameterizedTest
    @CsvSource({"no-such-command", "./no-such-file", "/etc/passwd"})
    void aCommandThatDoesNotExistIsNotStarted(String command) throws Exception {
        assertThat(start(command).get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        ContainerExit.NotStarted.class,
                        failure -> assertThat(failure.reason())
                                .startsWith("CannotStartContainerError: exec: \"" + command + "\""));
    }

    @Test
    void stoppingAsksFirst() throws Exception {
        Path pipe = pipe();
        CompletableFuture<ContainerExit> exit = new CompletableFuture<>();
        RunningContainer running = runtime.start(
                run(
                        Duration.ofSeconds(30),
                        "sh",
                        "-c",
                        "trap 'exit 5' TERM; echo ready > " + pipe + "; while :; do sleep 1; done"),
                exit::complete);
        awaitLine(pipe);

        running.stop();

        assertThat(exit.get(30, TimeUnit.SECONDS)).isEqualTo(new ContainerExit.Exited(5));
    }

    @Test
    void whatDoesNotListenIsKilledAfterTheTimeoutWithAllItsChildren() throws Exception {
        Path pipe = pipe();
        CompletableFuture<ContainerExit> exit = new CompletableFuture<>();
        RunningContainer running = runtime.start(
                run(
                        Duration.ofMillis(50),
                        "sh",
                        "-c",
                        "trap '' TERM; sh -c 'echo $$ > " + pipe + "; exec sleep 1000' & while :; do wait; done"),
                exit::complete);
        ProcessHandle child = ProcessHandle.of(Long.parseLong(awaitLine(pipe))).orElseThrow();

        running.stop();

        assertThat(exit.get(30, TimeUnit.SECONDS)).isEqualTo(new ContainerExit.Exited(137));
        awaitGone(child);
    }

    @Test
    void aChildDoesNotOutliveItsContainer() throws Exception {
        Path pipe = pipe();
        CompletableFuture<ContainerExit> exit =
                start("sh", "-c", "sh -c 'echo $$ > " + pipe + "; exec sleep 1000' & read line < " + pipe + ".go");
        ProcessHandle child = ProcessHandle.of(Long.parseLong(awaitLine(pipe))).orElseThrow();

        Files.writeString(Path.of(pipe + ".go"), "go\n");

        assertThat(exit.get(30, TimeUnit.SECONDS)).isInstanceOf(ContainerExit.Exited.class);
        awaitGone(child);
    }

    @Test
    void closingKillsEverything() throws Exception {
        Path pipe = pipe();
        CompletableFuture<ContainerExit> exit = start("sh", "-c", "echo $$ > " + pipe + "; exec sleep 1000");
        awaitLine(pipe);

        runtime.close();

        assertThat(exit.get(30, TimeUnit.SECONDS)).isEqualTo(new ContainerExit.Exited(137));
        assertThat(start("true").get(30, TimeUnit.SECONDS)).isInstanceOf(ContainerExit.NotStarted.class);
    }

    /** A named pipe: reading blocks until the process has written, without any sleep. */
    private Path pipe() throws IOException, InterruptedException {
        Path pipe = dir.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString(), pipe + ".go")
                        .start()
                        .waitFor())
                .isZero();
        return pipe;
    }

    private static String awaitLine(Path pipe) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(pipe.toFile(), "r")) {
            return new String(file.readLine().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    private static void awaitGone(ProcessHandle process) throws Exception {
        process.onExit().get(30, TimeUnit.SECONDS);
    }
}
