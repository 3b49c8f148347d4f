package dev.spillway.local.ecs;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The instance types that the simulation knows, from the data file {@code instance-types.json} beside this class. */
public final class InstanceTypes {

    /** The data file's form. */
    record File(String comment, List<InstanceType> instanceTypes) {}

    private static final Map<String, InstanceType> BY_NAME = load();

    private InstanceTypes() {}

    /**
     * The type of that name.
     *
     * @throws IllegalArgumentException listing the known names
     */
    public static InstanceType named(String name) {
        InstanceType type = BY_NAME.get(name);
        if (type == null) {
            throw new IllegalArgumentException("unknown instance type " + name + "; known are "
                    + String.join(", ", all().stream().map(InstanceType::name).toList()));
        }
        return type;
    }

    /** All types, by name. */
    public static List<InstanceType> all() {
        return BY_NAME.values().stream()
                .sorted(Comparator.comparing(InstanceType::name))
                .toList();
    }

    private static Map<String, InstanceType> load() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();
        try (InputStream in = Objects.requireNonNull(
                InstanceTypes.class.getResourceAsStream("instance-types.json"), "instance-types.json is missing")) {
            return mapper.readValue(in, File.class).instanceTypes().stream()
                    .collect(Collectors.toUnmodifiableMap(InstanceType::name, Function.identity()));
        } catch (IOException e) {
            throw new UncheckedIOException("instance-types.json cannot be read", e);
        }
    }
}
