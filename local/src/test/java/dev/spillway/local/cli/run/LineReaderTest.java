package dev.spillway.local.cli.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {

    @Test
    void keepsLinesAsTheyAreAndCountsBlankOnes() throws Exception {
        assertThat(read("{\"a\": 1}\n\n   \n  no JSON ü\r\nlast"))
                .containsExactly(new Line(1, "{\"a\": 1}"), new Line(4, "  no JSON ü"), new Line(5, "last"));
    }

    @Test
    void skipsAByteOrderMark() throws Exception {
        assertThat(read("\uFEFF{}")).containsExactly(new Line(1, "{}"));
    }

    @Test
    void takesALineOfOneMebibyteAndNoLongerOne() throws Exception {
        String longest = "x".repeat(LineReader.MAX_LINE_BYTES);

        assertThat(read("{}\n" + longest)).hasSize(2);
        assertThatThrownBy(() -> read("{}\n" + longest + "x"))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("Line 2 of jobs is longer than 1 MiB, the most that SQS takes.");
    }

    @Test
    void refusesWhatIsNoText() {
        assertThatThrownBy(() -> read("{}\nfür", ISO_8859_1))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("jobs is not a text file: line 2 is not valid UTF-8.");
        assertThatThrownBy(() -> read("{}\n\n\0"))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("jobs is not a text file: line 3 holds a zero byte.");
    }

    @Test
    void refusesWhatHoldsNoMessage() {
        assertThatThrownBy(() -> read(" \n\n"))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("jobs is empty; it needs one JSON message on each line.");
    }

    @Test
    void refusesADirectoryAndAMissingFile(@TempDir Path directory) {
        assertThatThrownBy(() -> LineReader.read(directory)).hasMessageContaining(" is a directory;");
        assertThatThrownBy(() -> LineReader.read(directory.resolve("missing")))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageStartingWith("There is no file ");
    }

    @Test
    void doesNotPrintMessages() {
        assertThat(new Line(3, "{\"environment\": {\"PASSWORD\": \"secret\"}}")).hasToString("line 3");
    }

    private static List<Line> read(String text) throws UnreadableFileException, IOException {
        return read(text, UTF_8);
    }

    private static List<Line> read(String text, Charset charset) throws UnreadableFileException, IOException {
        return LineReader.read("jobs", new ByteArrayInputStream(text.getBytes(charset)));
    }
}
