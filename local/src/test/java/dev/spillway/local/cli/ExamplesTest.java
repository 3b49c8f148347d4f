package dev.spillway.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.message.MessageParser;
import dev.spillway.common.message.ParsedMessage;
import dev.spillway.common.task.TaskRequest;
import dev.spillway.local.cli.run.Line;
import dev.spillway.local.cli.run.LineReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Holds the examples, which are the first thing a stranger runs, to the message format. */
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("..", "examples");

    @Test
    void everyJobIsAValidMessage() throws Exception {
        List<ParsedMessage> jobs = parsed("word-count.jsonl");

        assertThat(jobs).hasSizeGreaterThanOrEqualTo(20).allMatch(ParsedMessage.Run.class::isInstance);
        assertThat(jobs)
                .extracting(job -> ((ParsedMessage.Run) job).request())
                .extracting(TaskRequest::taskId)
                .doesNotHaveDuplicates();
        assertThat(jobs)
                .extracting(job -> ((ParsedMessage.Run) job).request().function())
                .anyMatch(Objects::nonNull);
    }

    @Test
    void badInputHoldsGoodMessagesAndBadOnes() throws Exception {
        assertThat(parsed("bad-input.jsonl"))
                .anyMatch(ParsedMessage.Run.class::isInstance)
                .anyMatch(ParsedMessage.Invalid.class::isInstance);
    }

    private static List<ParsedMessage> parsed(String file) throws Exception {
        return LineReader.read(EXAMPLES.resolve(file)).stream()
                .map(Line::body)
                .map(body -> MessageParser.parse(body, "message"))
                .toList();
    }
}
