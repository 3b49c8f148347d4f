package dev.spillway.local.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file of a report. */
public final class ReportFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportFile() {}

    /** Finds out that a report cannot be written before the run, and not after it. */
    public static void check(Path file) throws UnreadableFileException {
        Path directory = directoryOf(file);
        if (Files.isDirectory(file)) {
            throw new UnreadableFileException("The report cannot be written: " + file + " is a directory.");
        }
        if (!Files.isDirectory(directory)) {
            throw new UnreadableFileException("The report cannot be written: there is no directory " + directory + ".");
        }
        if (!Files.isWritable(Files.exists(file) ? file : directory)) {
            throw new UnreadableFileException("The report cannot be written: no permission to write " + file + ".");
        }
    }

    /**
     * Writes the report whole or not at all: a reader never sees half of it.
     *
     * @throws FileSystemException with the name of the file, which the system does not say when the disk is full
     */
    static void write(JsonNode report, Path file) throws FileSystemException {
        try {
            writeWhole(report, file);
        } catch (FileSystemException named) {
            throw named;
        } catch (IOException e) {
            throw (FileSystemException) new FileSystemException(file.toString(), null, e.getMessage()).initCause(e);
        }
    }

    private static void writeWhole(JsonNode report, Path file) throws IOException {
        byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(report);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // Such as /dev/stdout, which must not be replaced by a file.
            Files.write(file, bytes);
            return;
        }
        Path target = Files.exists(file) ? file.toRealPath() : file;
        Path part = directoryOf(target)
                .resolve("." + target.getFileName() + "."
                        + ProcessHandle.current().pid() + ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }
}
