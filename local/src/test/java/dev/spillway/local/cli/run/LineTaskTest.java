package dev.spillway.local.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTaskTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"taskId\": \"a\", \"taskDefinition\": \"b\"} | a",
                "{\"taskDefinition\": \"b\"}                    | the-message",
                "{\"cancel\": \"a\"}                            | a",
                "{\"taskId\": 7}                                | the-message",
                "{\"taskId\": null}                             | the-message",
                "[\"taskId\"]                                   | the-message",
                "no JSON                                        | the-message",
            })
    void knowsWhichTaskAMessageIsAbout(String body, String taskId) {
        assertThat(LineTask.idOf(body, "the-message")).isEqualTo(taskId);
    }
}
