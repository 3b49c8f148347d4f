package dev.spillway.local.cli.up;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.local.system.LocalSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * {@code .spillway/up.json}: tells the other commands where the system is that was started last with {@code up}, and has
 * not ended.
 *
 * @param pid of the process that it runs in
 */
public record UpFile(
        long pid, URI sqsEndpoint, URI dynamoDbEndpoint, String taskQueueUrl, String tableName, Path runDirectory) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is known of a system of this process. */
    public static UpFile of(LocalSystem system, Path runDirectory) {
        return new UpFile(
                ProcessHandle.current().pid(),
                system.sqsEndpoint(),
                system.dynamoDbEndpoint(),
                system.taskQueueUrl(),
                system.tableName(),
                runDirectory);
    }

    /** What the file says; empty if there is none, or none that can be understood. */
    public static Optional<UpFile> read(Path projectDirectory) throws IOException {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file(projectDirectory)));
            return Optional.of(new UpFile(
                    json.required("pid").asLong(),
                    URI.create(json.required("sqsEndpoint").asText()),
                    URI.create(json.required("dynamoDbEndpoint").asText()),
                    json.required("taskQueueUrl").asText(),
                    json.required("tableName").asText(),
                    Path.of(json.required("runDirectory").asText())));
        } catch (NoSuchFileException | JacksonException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** The same, if the process is there still: one that was killed leaves its file behind. */
    public static Optional<UpFile> ofRunning(Path projectDirectory) throws IOException {
        return read(projectDirectory).filter(up -> ProcessHandle.of(up.pid()).isPresent());
    }

    /** Writes the file whole or not at all, for this user only. */
    public void write(Path projectDirectory) throws IOException {
        ObjectNode json = JSON.createObjectNode()
                .put("pid", pid)
                .put("sqsEndpoint", sqsEndpoint.toString())
                .put("dynamoDbEndpoint", dynamoDbEndpoint.toString())
                .put("taskQueueUrl", taskQueueUrl)
                .put("tableName", tableName)
                .put("runDirectory", runDirectory.toString());
        Path file = file(projectDirectory);
        Path part = Files.createTempFile(file.getParent(), "up", ".part", ownerOnly());
        try {
            Files.write(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Removes the file, unless another system has been started since and has written its own. */
    public void remove(Path projectDirectory) throws IOException {
        if (read(projectDirectory).filter(this::equals).isPresent()) {
            Files.deleteIfExists(file(projectDirectory));
        }
    }

    private static Path file(Path projectDirectory) {
        return projectDirectory.resolve(".spillway").resolve("up.json");
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
