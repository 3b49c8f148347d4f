package dev.spillway.common.function;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names as a parameter of the deployment lists them; {@code *} stands for any characters.
 *
 * @param globs as they are written
 */
public record NameList(List<String> globs) {

    public NameList {
        globs = List.copyOf(globs);
    }

    /** Whether the name is one of them. */
    public boolean includes(String name) {
        return globs.stream().anyMatch(glob -> pattern(glob).matcher(name).matches());
    }

    private static Pattern pattern(String glob) {
        return Pattern.compile(
                Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
