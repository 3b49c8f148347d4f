package dev.spillway.common.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameListTest {

    @ParameterizedTest
    @CsvSource({
        "agent, agent, true",
        "agent, agents, false",
        "agent, Agent, false",
        "spillway-*, spillway-job, true",
        "spillway-*, spillway-, true",
        "spillway-*, my-spillway-job, false",
        "*, anything, true",
        "a*c*e, abcde, true",
        "a*c*e, abde, false",
        "a.c, abc, false",
        "a+, aa, false"
    })
    void stars_stand_for_any_characters_and_nothing_else_does(String glob, String name, boolean included) {
        assertThat(new NameList(List.of("other", glob)).includes(name)).isEqualTo(included);
    }

    @Test
    void an_empty_list_includes_nobody() {
        assertThat(new NameList(List.of()).includes("")).isFalse();
    }
}
