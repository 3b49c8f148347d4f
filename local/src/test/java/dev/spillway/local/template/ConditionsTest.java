package dev.spillway.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real template with either side of its conditions, and what it names outside of itself. */
class ConditionsTest {

    @Test
    void the_defaults_and_everything_are_the_two_sides_of_every_condition() {
        assertThat(Templates.with(Map.of()).conditions())
                .hasSizeGreaterThanOrEqualTo(Templates.EVERYTHING.size())
                .allSatisfy((name, holds) -> assertThat(holds).as(name).isFalse());
        assertThat(Templates.with(Templates.EVERYTHING).conditions())
                .allSatisfy((name, holds) -> assertThat(holds).as(name).isTrue());
    }

    @Test
    void all_resources_and_outputs_resolve_on_both_sides() {
        Template least = Templates.with(Map.of());
        Template most = Templates.with(Templates.EVERYTHING);

        assertThat(least.outputs()).doesNotContainValue("").doesNotContainKeys("GraphqlUrl", "GraphqlReadPolicyArn");
        assertThat(most.outputs())
                .doesNotContainValue("")
                .containsAllEntriesOf(least.outputs())
                .containsKeys("GraphqlUrl", "GraphqlReadPolicyArn")
                .hasSize(least.outputs().size() + 2);
        assertThat(most.resolved().keySet())
                .containsAll(least.resolved().keySet())
                .contains(
                        "AlarmEmailSubscription",
                        "SampleAccessPoint",
                        "SampleEfsTaskDefinition",
                        "NightlyTask",
                        "NightlyRole");
        assertThat(most.resolved().keySet())
                .filteredOn(name -> !least.resolved().containsKey(name) && !name.startsWith("Graphql"))
                .hasSize(5);
    }

    @Test
    void nothing_of_graphql_is_there_unless_it_is_asked_for() {
        assertThat(Templates.with(Map.of()).resolved())
                .noneSatisfy((name, resource) ->
                        assertThat(name + resource.type()).matches("Graphql.*|.*AWS::AppSync::.*|.*AWS::Events::Rule"));
    }

    /** What the local system starts is known to it, whatever a deployment asks for. */
    @Test
    void the_local_system_knows_both_sides() {
        Template least = local(Map.of());
        Template most = local(Templates.EVERYTHING);

        assertThat(most.functions()).hasSameSizeAs(least.functions()).isNotEmpty();
        assertThat(most.alarms()).hasSameSizeAs(least.alarms()).isNotEmpty();
        assertThat(most.topics()).isEqualTo(least.topics()).hasSize(1);
        assertThat(most.autoScalingGroups()).hasSameSizeAs(least.autoScalingGroups());
        assertThat(most.outputs())
                .containsKeys("GraphqlUrl")
                .containsKeys(least.outputs().keySet().toArray(String[]::new));
    }

    static Stream<Map.Entry<String, Template.Resolved>> functions() {
        return Templates.with(Map.of()).resolved().entrySet().stream()
                .filter(resource -> resource.getValue().type().equals("AWS::Serverless::Function"));
    }

    /** The parent's pom.xml gives the jar of each function module this name. */
    @ParameterizedTest
    @MethodSource("functions")
    void the_code_of_each_function_is_the_jar_of_a_module(Map.Entry<String, Template.Resolved> function)
            throws Exception {
        String code = function.getValue().properties().path("CodeUri").asText();
        String module = code.substring(0, code.indexOf('/'));

        assertThat(code).isEqualTo("%s/target/%s-deploy.jar".formatted(module, module));
        assertThat(Files.readString(Path.of("..", "pom.xml"))).contains("<module>%s</module>".formatted(module));
        assertThat(Files.readString(Path.of("..", module, "pom.xml")))
                .contains("<artifactId>%s</artifactId>".formatted(module));
        String handler = function.getValue().properties().path("Handler").asText();
        assertThat(Path.of("..", module, "src/main/java", handler.replace('.', '/') + ".java"))
                .exists();
    }

    static Template local(Map<String, String> parameters) {
        return Template.read(
                Templates.FILE,
                Templates.deployment(parameters),
                new LocalResourceValues("us-east-1", Templates.ACCOUNT, URI.create("http://127.0.0.1:9324")));
    }
}
