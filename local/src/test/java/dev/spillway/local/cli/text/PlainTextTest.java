package dev.spillway.local.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S,          0.0 s",
        "PT0.04S,       0.0 s",
        "PT0.05S,       0.1 s",
        "PT12.34S,      12.3 s",
        "PT59.949S,     59.9 s",
        "PT59.95S,      0 min 59 s",
        "PT1M5S,        1 min 05 s",
        "PT59M59.9S,    59 min 59 s",
        "PT2H3M,        2 h 03 min",
        "PT-3S,         0.0 s",
    })
    void saysDurationsAsAPersonWould(Duration time, String said) {
        assertThat(PlainText.duration(time)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        "a reason,      8, a reason",
        "a reason,      7, a reas…",
        "a reason,      3, a…",
        "a reason,      1, …",
    })
    void shortensWhatIsTooLong(String text, int width, String shortened) {
        assertThat(PlainText.shorten(text, width)).isEqualTo(shortened);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 tasks", "1, 1 task", "2000, '2,000 tasks'"})
    void countsInEnglish(long number, String said) {
        assertThat(PlainText.count(number, "task")).isEqualTo(said);
    }

    @Test
    void wrapsBetweenWords() {
        assertThat(PlainText.wrap("no room on EC2 for 4096 units", 10, 9))
                .containsExactly("no room on", "EC2 for", "4096 units");
    }

    @Test
    void breaksAWordThatIsLongerThanTheLine() {
        assertThat(PlainText.wrap("arn:aws:ecs:us-east-1", 8, 9)).containsExactly("arn:aws:", "ecs:us-e", "ast-1");
    }

    @Test
    void saysThatLinesAreLeftOut() {
        assertThat(PlainText.wrap("one two three four", 5, 2)).containsExactly("one", "two…");
    }

    @Test
    void keepsTerminalsFromObeyingWhatStrangersSent() {
        assertThat(PlainText.line("red \u001b[31m, next\nline\t, turned \u202eround"))
                .isEqualTo("red �[31m, next line , turned �round");
    }
}
