package dev.spillway.common.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
