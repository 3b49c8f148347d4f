package dev.spillway.taskstate.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopReasonGlobTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', true",
        "'', a, false",
        "*, '', true",
        "*, anything, true",
        "**, '', true",
        "?, '', false",
        "?, a, true",
        "?, ab, false",
        "abc, abc, true",
        "abc, ABC, false",
        "abc, abcd, false",
        "abcd, abc, false",
        "OutOfMemory*, OutOfMemoryError: killed, true",
        "*Memory*, OutOfMemoryError: killed, true",
        "*killed, OutOfMemoryError: killed, true",
        "*killed, killed twice, false",
        "a*b*c, a--b--c, true",
        "a*b*c, a--c--b, false",
        "a*bc, abcbc, true",
        "*ab, aab, true",
        "a?c, abc, true",
        "a?*, a, false",
        "a?*, ab, true",
        "a.c, abc, false",
        "[a-z], a, false",
        "(.*), (text), false",
        "\\\\*, \\\\text, true",
    })
    void matches_the_whole_text(String glob, String text, boolean matches) {
        assertThat(StopReasonGlob.matches(glob, text)).isEqualTo(matches);
    }

    @Test
    void of_a_hostile_message_ends_soon() {
        String glob = "*a".repeat(500) + "b";
        String text = "a".repeat(10_000);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(StopReasonGlob.matches(glob, text)).isFalse());
    }

    @Property(seed = "20261101")
    void agrees_with_a_regular_expression(
            @ForAll @StringLength(max = 8) @Chars({'*', '?', 'a', 'b'}) String glob,
            @ForAll @StringLength(max = 10) @CharRange(from = 'a', to = 'c') String text) {
        String regex = glob.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        assertThat(StopReasonGlob.matches(glob, text)).isEqualTo(Pattern.matches(regex, text));
    }
}
