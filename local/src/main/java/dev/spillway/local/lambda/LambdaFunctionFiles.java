package dev.spillway.local.lambda;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the functions of a directory, one JSON file each: {@code {"functionName": "…", "command": ["…"],
 * "environment": {"…": "…"}, "timeout": 3, "memorySize": 128}}. Only name and command are required; the rest has
 * Lambda's own defaults.
 */
public final class LambdaFunctionFiles {

    private static final int DEFAULT_TIMEOUT = 3;
    private static final int DEFAULT_MEMORY = 128;

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(LogicalType.Textual, coercion -> {
                coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                coercion.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                coercion.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            })
            .build();

    private record Declared(
            @Nullable String functionName,
            @Nullable List<String> command,
            @Nullable Map<String, String> environment,
            @Nullable Integer timeout,
            @Nullable Integer memorySize) {

        LambdaFunction checked() {
            if (functionName == null || command == null) {
                throw new IllegalArgumentException("functionName and command are required");
            }
            return new LambdaFunction(
                    functionName,
                    command,
                    environment == null ? Map.of() : environment,
                    timeout == null ? DEFAULT_TIMEOUT : timeout,
                    memorySize == null ? DEFAULT_MEMORY : memorySize);
        }
    }

    private LambdaFunctionFiles() {}

    /**
     * All functions of the directory's {@code *.json} files, by name.
     *
     * @throws IllegalArgumentException naming the file and what is wrong in it
     * @throws IOException when the directory cannot be read
     */
    public static Map<String, LambdaFunction> load(Path directory) throws IOException {
        Map<String, LambdaFunction> functions = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            LambdaFunction function = read(file);
            if (functions.putIfAbsent(function.functionName(), function) != null) {
                throw new IllegalArgumentException(file + ": " + function.functionName() + " is declared twice");
            }
        }
        return functions;
    }

    private static LambdaFunction read(Path file) throws IOException {
        String text = Files.readString(file);
        try {
            return STRICT.readValue(text, Declared.class).checked();
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
