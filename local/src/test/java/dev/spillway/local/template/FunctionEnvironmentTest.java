package dev.spillway.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.local.functions.AskedVariables;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each function is told by the template what it reads, and nothing else. What it reads is seen by letting its
 * configuration read: the class beside the handler that is named like it and ends with Config.
 */
class FunctionEnvironmentTest {

    /** Read by Powertools, in every function. */
    private static final Set<String> POWERTOOLS =
            Set.of("POWERTOOLS_METRICS_NAMESPACE", "POWERTOOLS_LOG_LEVEL", "POWERTOOLS_SERVICE_NAME");

    /** Read by no function: it makes Lambda see that a function has changed; see {@link PublishedVersionsTest}. */
    private static final String SETTINGS_VERSION = "SETTINGS_VERSION";

    static Stream<FunctionResource> functions() {
        return ConditionsTest.local(Map.of()).functions().stream();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void the_template_gives_each_function_what_it_reads_and_no_more(FunctionResource function) throws Exception {
        Set<String> own = new TreeSet<>(function.environment().keySet());
        assertThat(own).containsAll(POWERTOOLS);
        own.removeAll(POWERTOOLS);
        assertThat(own.remove(SETTINGS_VERSION)).isTrue();

        assertThat(own).isEqualTo(readBy(function));
    }

    private static Set<String> readBy(FunctionResource function) throws Exception {
        AskedVariables variables = new AskedVariables(function.environment());
        Class<?> config = Class.forName(function.handler().replaceFirst("Handler$", "Config"));
        Method read = config.getDeclaredMethod("read", Map.class);
        read.setAccessible(true);
        read.invoke(null, variables);
        return variables.asked();
    }
}
