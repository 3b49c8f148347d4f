package dev.spillway.local.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spillway.local.template.ResolvedTemplate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the JavaScript of the template to {@link RuntimeRules}, and each rule to what it is there for. */
class RuntimeRulesTest {

    private static final ResolvedTemplate TEMPLATE = ResolvedTemplate.withEverything();

    @Test
    void the_runtime_knows_all_that_the_template_says() {
        assertThat(code()).hasSize(11).allSatisfy(owner -> {
            assertThat(RuntimeRules.violations(owner.path("Code").asText())).isEmpty();
            assertThat(owner.path("Runtime").toString())
                    .isEqualTo("{\"Name\":\"APPSYNC_JS\",\"RuntimeVersion\":\"1.0.0\"}");
        });
    }

    @Test
    void a_pipeline_has_no_more_functions_than_appsync_takes() {
        assertThat(TEMPLATE.ofType("AWS::AppSync::Resolver"))
                .allSatisfy(resolver -> assertThat(
                                resolver.at("/PipelineConfig/Functions").size())
                        .isLessThanOrEqualTo(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for (let i = 0; i < 3; i += 1) {} | a loop that is not for-of",
                "while (true) {} | a loop that is not for-of",
                "try { f(); } finally { g(); } | try or throw",
                "throw 'x'; | try or throw",
                "for (const a of b) { continue; } | continue or a label",
                "async function f() {} | something asynchronous",
                "const a = new Date(); | a class or this",
                "i++; | an operator",
                "if ('a' in b) {} | an operator",
                "const a = /x+/; | a regular expression",
                "a.sort((x, y) => x - y); | a function handed to a function",
                "const f = (x) => x; | a function handed to a function",
                "a.localeCompare(b); | a method that is not there",
                "import { get } from '@aws-appsync/utils/dynamodb'; | another import"
            })
    void code_is_found_that_the_runtime_does_not_take(String code, String violation) {
        assertThat(RuntimeRules.violations(code))
                .anySatisfy(sentence -> assertThat(sentence).contains(violation));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for (const a of b) { f(a); }",
                "// for, while, try, async and /x/ in a comment",
                "const a = 'while / in `a` text';",
                "const a = b.filter((x) => x.startsWith('y')).map((x) => x.z);",
                "import { util } from '@aws-appsync/utils';"
            })
    void code_is_left_alone_that_it_takes(String code) {
        assertThat(RuntimeRules.violations(code)).isEmpty();
    }

    private static Stream<JsonNode> code() {
        return Stream.of("AWS::AppSync::Resolver", "AWS::AppSync::FunctionConfiguration")
                .flatMap(type -> TEMPLATE.ofType(type).stream());
    }
}
