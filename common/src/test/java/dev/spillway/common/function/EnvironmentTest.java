package dev.spillway.common.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    @Test
    void everyErrorIsInOneMessageAndNoValueIs() {
        Environment env = new Environment(Map.of("NUMBER", "hunter2", "WORD", "hunter3", "BLANK", " "));
        env.required("MISSING");
        env.required("BLANK");
        env.integer("NUMBER", 1, 0, 5);
        env.oneOf("WORD", "A", List.of("A", "B"));

        assertThatThrownBy(env::check)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The function's environment is wrong: MISSING is missing; BLANK is missing; "
                        + "NUMBER wants a whole number from 0 to 5; WORD wants one of A, B.");
    }

    @Test
    void whatIsThereIsReadAndWhatIsNotHasItsDefault() {
        Environment env = new Environment(Map.of("TABLE", " tasks ", "LIST", "a, b,,c ", "NUMBER", "5"));

        assertThat(env.required("TABLE")).isEqualTo("tasks");
        assertThat(env.list("LIST")).containsExactly("a", "b", "c");
        assertThat(env.list("NONE")).isEmpty();
        assertThat(env.integer("NUMBER", 1, 0, 5)).isEqualTo(5);
        assertThat(env.integer("NONE", 1, 0, 5)).isEqualTo(1);
        assertThat(env.oneOf("NONE", "A", List.of("A", "B"))).isEqualTo("A");
        env.check();
    }

    @Test
    void a_list_that_must_be_there_has_at_least_one_part() {
        Environment env = new Environment(Map.of("GROUPS", " spot , on-demand ", "COMMAS", " , "));

        assertThat(env.requiredList("GROUPS")).containsExactly("spot", "on-demand");
        assertThat(env.requiredList("COMMAS")).isEmpty();
        assertThat(env.requiredList("NONE")).isEmpty();
        env.wrong("one of A and B has to be there");
        assertThatThrownBy(env::check)
                .hasMessage("The function's environment is wrong: COMMAS is missing; NONE is missing; "
                        + "one of A and B has to be there.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "1,5", "four"})
    void a_weight_is_above_zero(String text) {
        Environment env = new Environment(Map.of("WEIGHT", text));
        assertThat(env.positive("WEIGHT", 1)).isEqualTo(1);
        assertThatThrownBy(env::check).hasMessageEndingWith("wrong: WEIGHT wants a number above 0.");
    }

    @Test
    void a_weight_may_be_a_fraction() {
        Environment env = new Environment(Map.of("WEIGHT", "2.5"));
        assertThat(env.positive("WEIGHT", 1)).isEqualTo(2.5);
        assertThat(env.positive("NONE", 1)).isEqualTo(1);
        env.check();
    }
}
