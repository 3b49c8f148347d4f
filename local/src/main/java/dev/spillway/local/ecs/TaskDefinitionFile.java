package dev.spillway.local.ecs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** Reads a task definition from a file in the form of {@code aws ecs register-task-definition --cli-input-json}. */
public final class TaskDefinitionFile {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private TaskDefinitionFile() {}

    /**
     * Reads one file, strictly.
     *
     * @throws IllegalArgumentException naming the file and the field, or the place where it is no JSON
     * @throws IOException when the file cannot be read
     */
    public static RegisterTaskDefinitionRequest read(Path file) throws IOException {
        RegisterTaskDefinitionRequest.Builder builder = RegisterTaskDefinitionRequest.builder();
        String text = Files.readString(file);
        try {
            SdkJson.read(STRICT.readTree(text), builder, "");
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
        return builder.build();
    }
}
