package dev.spillway.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerRuntimeTest {

    @TempDir
    Path dir;

    private static ContainerRun run(Map<String, String> environment) {
        return new ContainerRun(
                "abc",
                "arn",
                "main",
                "busybox:1",
                List.of("sh", "-c"),
                List.of("echo hi"),
                environment,
                1536,
                512,
                Duration.ofSeconds(30));
    }

    @Test
    void theCommandLineCarriesLimitsAndCommandAndNoValues() {
        assertThat(DockerRuntime.commandLine("docker", run(Map.of("SECRET", "s3cret")), Path.of("/run/env")))
                .containsExactly(
                        "docker",
                        "run",
                        "--rm",
                        "--name",
                        "spillway-abc-main",
                        "--cpus",
                        "1.5",
                        "--memory",
                        "512m",
                        "--stop-timeout",
                        "30",
                        "--env-file",
                        "/run/env",
                        "--entrypoint",
                        "sh",
                        "--",
                        "busybox:1",
                        "-c",
                        "echo hi");
    }

    @Test
    void withoutAnEngineOneSentenceSaysWhatToDo() {
        assertThatIllegalStateException()
                .isThrownBy(() -> DockerRuntime.connect(dir.resolve("none").toString(), dir))
                .withMessageContaining("--runtime process");
    }

    @Test
    void aContainerRunsThroughTheCommandAndItsEnvironmentThroughAFile() throws Exception {
        Path docker = Files.createFile(
                dir.resolve("docker"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(docker, """
                #!/bin/sh
                [ "$1" = version ] && exit 0
                while [ "$1" != --env-file ]; do shift; done
                cat "$2"
                exit 3
                """);
        try (DockerRuntime runtime = DockerRuntime.connect(docker.toString(), dir.resolve("run"))) {
            CompletableFuture<ContainerExit> exit = new CompletableFuture<>();
            runtime.start(run(Map.of("SECRET", "s3cret")), exit::complete);

            assertThat(exit.get(30, TimeUnit.SECONDS)).isEqualTo(new ContainerExit.Exited(3));
        }
        assertThat(dir.resolve("run/logs/abc.log")).content().isEqualTo("SECRET=s3cret\n");
        assertThat(Files.list(dir.resolve("run")).map(file -> file.getFileName().toString()))
                .containsExactly("logs");
    }
}
