package dev.spillway.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    private static final List<String> TEXTS = textsOfUpTo(6);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            *          | CannotPull*     | true
            **         | *               | true
            *          | ?               | true
            ?*         | *               | false
            *?         | ?*              | true
            *?*        | a               | true
            Cannot*    | CannotPull*     | true
            CannotPull*| Cannot*         | false
            *Error*    | CannotPull*Error| true
            Host?      | Host?           | true
            Host?      | Host*           | false
            Host?      | Host            | false
            a*b*c      | a*c*b*c         | true
            a*b        | a*c             | false
            """)
    void covers(String glob, String other, boolean covered) {
        assertThat(Glob.covers(glob, other)).isEqualTo(covered);
    }

    /** Against every text of up to six characters of a and b: never a wrong yes. */
    @Property(seed = "20261101")
    void whatIsCoveredIsMatched(
            @ForAll @StringLength(max = 5) @Chars({'a', 'b', '*', '?'}) String glob,
            @ForAll @StringLength(max = 5) @Chars({'a', 'b', '*', '?'}) String other) {
        if (Glob.covers(glob, other)) {
            assertThat(TEXTS).filteredOn(text -> matches(other, text)).allMatch(text -> matches(glob, text));
        }
    }

    @Property(seed = "20261101")
    void everyGlobCoversItself(@ForAll @StringLength(max = 30) @CharRange(from = ' ', to = 'z') String glob) {
        assertThat(Glob.covers(glob, glob)).isTrue();
    }

    private static boolean matches(String glob, String text) {
        return Pattern.matches(glob.replace("*", ".*").replace("?", "."), text);
    }

    private static List<String> textsOfUpTo(int length) {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; texts.get(i).length() < length; i++) {
            texts.add(texts.get(i) + "a");
            texts.add(texts.get(i) + "b");
        }
        return texts;
    }
}
