package dev.spillway.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.message.Examples.Example;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parser and the published schema say the same about the same messages. */
class MessageExamplesTest {

    @Test
    void theSchemaIsItselfValid() {
        assertThat(PublishedSchema.errorsOfItself()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.spillway.common.message.Examples#valid")
    void aValidMessageIsAcceptedByBoth(Example example) {
        assertThat(PublishedSchema.errors(example.body()))
                .hasValueSatisfying(errors -> assertThat(errors).isEmpty());
        assertThat(example.parse()).isNotInstanceOf(ParsedMessage.Invalid.class);
    }

    @ParameterizedTest
    @MethodSource("dev.spillway.common.message.Examples#invalid")
    void anInvalidMessageIsRefusedByBoth(Example example) {
        assertThat(PublishedSchema.errors(example.body()))
                .hasValueSatisfying(errors -> assertThat(errors).isNotEmpty());
        assertThat(example.parse()).isInstanceOf(ParsedMessage.Invalid.class);
    }

    /** Otherwise the example belongs among the invalid ones. */
    @ParameterizedTest
    @MethodSource("dev.spillway.common.message.Examples#invalidBeyondSchema")
    void aMessageThatIsInvalidBeyondTheSchemaIsRefusedByTheParserAlone(Example example) {
        PublishedSchema.errors(example.body())
                .ifPresent(errors -> assertThat(errors).isEmpty());
        assertThat(example.parse()).isInstanceOf(ParsedMessage.Invalid.class);
    }

    @ParameterizedTest
    @MethodSource("dev.spillway.common.message.Examples#invalid")
    void noErrorShowsWhatMayBeASecret(Example example) {
        assertThat(sentences(List.of(example))).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @MethodSource("dev.spillway.common.message.Examples#invalidBeyondSchema")
    void noErrorBeyondTheSchemaShowsWhatMayBeASecret(Example example) {
        assertThat(sentences(List.of(example))).doesNotContain("hunter2");
    }

    @Test
    void everyInvalidMessageIsAnsweredWithItsSentences() {
        assertThat(sentences(Examples.invalid())).isEqualTo(Examples.expectedErrors("invalid"));
    }

    @Test
    void everyMessageThatIsInvalidBeyondTheSchemaIsAnsweredWithItsSentences() {
        assertThat(sentences(Examples.invalidBeyondSchema()))
                .isEqualTo(Examples.expectedErrors("invalid-beyond-schema"));
    }

    private static String sentences(List<Example> examples) {
        return examples.stream()
                .map(example -> example.name() + "\n" + sentences(example))
                .collect(Collectors.joining());
    }

    private static String sentences(Example example) {
        return switch (example.parse()) {
            case ParsedMessage.Invalid invalid ->
                invalid.errors().stream()
                        .map(error -> "    " + error.sentence() + "\n")
                        .collect(Collectors.joining());
            case ParsedMessage.Run run -> "    accepted: " + run.request() + "\n";
            case ParsedMessage.Cancel cancel -> "    accepted: " + cancel + "\n";
        };
    }
}
