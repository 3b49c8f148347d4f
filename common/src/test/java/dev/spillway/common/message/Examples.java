package dev.spillway.common.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The example messages of the test resources. */
final class Examples {

    /** The id of the SQS message that the examples come in. */
    static final String MESSAGE_ID = "059f36b4-87a3-44ab-83d2-661975830a7d";

    private static final Path FOLDER = Path.of("src/test/resources/dev/spillway/common/message/messages");

    private Examples() {}

    /** One message, or what stands in for one. */
    record Example(String name, String body) {

        ParsedMessage parse() {
            return MessageParser.parse(body, MESSAGE_ID);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Messages that are accepted. */
    static List<Example> valid() {
        return in("valid");
    }

    /** Messages that the parser and the schema refuse. */
    static List<Example> invalid() {
        return in("invalid");
    }

    /** Messages that only the parser can refuse. */
    static List<Example> invalidBeyondSchema() {
        return in("invalid-beyond-schema");
    }

    /** The errors of the examples of a folder, as they are expected: a line with the name, then indented sentences. */
    static String expectedErrors(String folder) {
        return read(FOLDER.resolve(folder).resolve("expected-errors.txt"));
    }

    private static List<Example> in(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(file -> new Example(file.getFileName().toString().replace(".json", ""), read(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
