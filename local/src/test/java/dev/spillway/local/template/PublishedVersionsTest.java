package dev.spillway.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Events go to published versions of the functions. A version keeps the settings with which it was published, so each
 * change of them has to publish another. SAM sees to changes of the template's text (AutoPublishAliasAllProperties); that
 * changes of values do too is the work of the resource Settings, and what is held here.
 */
class PublishedVersionsTest {

    private static final String SETTINGS_NUMBER = "!GetAtt Settings.VersionNumber";

    /** Properties of which SAM makes other resources, and the description, which is of the version. */
    private static final Set<String> NOT_OF_THE_FUNCTION = Set.of("Events", "Policies", "VersionDescription");

    /**
     * Properties that SAM counts as a change of the function and Lambda does not
     * (aws/serverless-application-model issue 3281): a change of one alone would publish an unchanged function, which
     * Lambda refuses, and the deployment with it.
     */
    private static final Set<String> NOT_OF_A_VERSION = Set.of(
            "Tags",
            "PropagateTags",
            "ReservedConcurrentExecutions",
            "CodeSigningConfigArn",
            "RecursiveLoop",
            "RuntimeManagementConfig");

    /** The stack's name does not change. */
    private static final Pattern OF_THE_STACK = Pattern.compile("!Sub \\$\\{AWS::StackName}[a-z-]*");

    /** The log group of a function that only one mode has. */
    private static final Pattern OF_ONE_MODE = Pattern.compile("!If \\[StepScaling, (!Ref [A-Za-z]+Log), ]");

    private static final Map<String, Node> TEMPLATE = template();
    private static final Map<String, Node> GLOBALS =
            Yaml.entries(required(Yaml.entries(required(TEMPLATE, "Globals")), "Function"));

    static Stream<String> functions() {
        return functionProperties().keySet().stream();
    }

    @Test
    void what_the_functions_refer_to_is_what_the_settings_list() {
        Set<String> referredTo = Stream.concat(Stream.of(GLOBALS), functionProperties().values().stream())
                .flatMap(properties -> properties.entrySet().stream())
                .filter(property -> !NOT_OF_THE_FUNCTION.contains(property.getKey()))
                .flatMap(property -> calls(property.getValue()).stream())
                .filter(call -> !call.equals(SETTINGS_NUMBER)
                        && !OF_THE_STACK.matcher(call).matches())
                .collect(Collectors.toSet());
        List<Node> join = Yaml.items(required(propertiesOf("Settings"), "Content"));

        assertThat(Yaml.items(join.get(1)))
                .extracting(setting -> OF_ONE_MODE.matcher(written(setting)).replaceAll("$1"))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(referredTo);
        assertThat(referredTo).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void every_function_is_published_with_the_number_of_the_settings(String function) {
        Map<String, Node> properties = required(functionProperties(), function);
        Map<String, Node> variables =
                Yaml.entries(required(Yaml.entries(required(GLOBALS, "Environment")), "Variables"));

        assertThat(written(required(properties, "VersionDescription")))
                .isEqualTo("!Sub Settings ${Settings.VersionNumber}");
        assertThat(written(required(variables, "SETTINGS_VERSION"))).isEqualTo(SETTINGS_NUMBER);
        assertThat(Yaml.text(required(GLOBALS, "AutoPublishAlias"))).isEqualTo("live");
        assertThat(Yaml.text(required(GLOBALS, "AutoPublishAliasAllProperties")))
                .isEqualTo("true");
        assertThat(properties).doesNotContainKeys("SnapStart", "AutoPublishAlias", "AutoPublishAliasAllProperties");
        assertThat(properties.keySet()).doesNotContainAnyElementsOf(NOT_OF_A_VERSION);
        assertThat(GLOBALS.keySet()).doesNotContainAnyElementsOf(NOT_OF_A_VERSION);
    }

    @ParameterizedTest
    @CsvSource({
        "Subnets, 'subnet-1,subnet-2', true",
        "TaskDefinitions, 'other-*', true",
        "RetentionDays, 30, true",
        "SpotFleetId, sfr-73fbd2ce-aa30-494c-8788-1cee4be2f6c1, true",
        "QuietMinutes, 11, true",
        "ClusterName, other, true",
        // These change events, instances and alarms, and no function.
        "BatchSize, 5, false",
        "SpotMaxSize, 20, false",
        "AlarmEmail, somebody@example.org, false",
        "LogRetentionDays, 7, false"
    })
    void the_settings_change_exactly_when_a_function_does(String parameter, String value, boolean change) {
        Template before = Templates.with(Map.of());
        Template after = Templates.with(Map.of(parameter, value));

        assertThat(environments(after).equals(environments(before))).isEqualTo(!change);
        assertThat(settings(after).equals(settings(before))).isEqualTo(!change);
    }

    @Test
    void values_that_move_from_one_setting_to_the_next_are_other_settings() {
        assertThat(settings(Templates.with(Map.of("TaskDefinitions", "a,b", "Functions", "c"))))
                .isNotEqualTo(settings(Templates.with(Map.of("TaskDefinitions", "a", "Functions", "b,c"))));
    }

    private static Map<String, Map<String, String>> environments(Template template) {
        return template.functions().stream()
                .collect(Collectors.toMap(FunctionResource::logicalId, FunctionResource::environment));
    }

    private static String settings(Template template) {
        return required(template.resolved(), "Settings")
                .properties()
                .path("Content")
                .asText();
    }

    private static Map<String, Map<String, Node>> functionProperties() {
        Map<String, Map<String, Node>> functions = new TreeMap<>();
        Yaml.entries(required(TEMPLATE, "Resources")).forEach((logicalId, resource) -> {
            if (Yaml.text(required(Yaml.entries(resource), "Type")).equals("AWS::Serverless::Function")) {
                functions.put(logicalId, propertiesOf(logicalId));
            }
        });
        return functions;
    }

    private static Map<String, Node> propertiesOf(String logicalId) {
        Node resource = required(Yaml.entries(required(TEMPLATE, "Resources")), logicalId);
        return Yaml.entries(required(Yaml.entries(resource), "Properties"));
    }

    /** The outermost calls of intrinsic functions in a piece of the template, as they are written. */
    private static List<String> calls(Node node) {
        if (FunctionCall.of(node).isPresent()) {
            return List.of(written(node));
        }
        List<String> calls = new ArrayList<>();
        if (node instanceof MappingNode) {
            Yaml.entries(node).values().forEach(value -> calls.addAll(calls(value)));
        } else if (node instanceof SequenceNode) {
            Yaml.items(node).forEach(item -> calls.addAll(calls(item)));
        }
        return calls;
    }

    private static String written(Node node) {
        String tag = node.getTag().getValue();
        String function = tag.startsWith("!") ? tag + " " : "";
        if (node instanceof MappingNode) {
            Map<String, String> entries = new LinkedHashMap<>();
            Yaml.entries(node).forEach((key, value) -> entries.put(key, written(value)));
            return function + entries;
        }
        return node instanceof SequenceNode
                ? function
                        + Yaml.items(node).stream()
                                .map(PublishedVersionsTest::written)
                                .toList()
                : function + Yaml.text(node);
    }

    private static <T> T required(Map<String, T> entries, String key) {
        T value = entries.get(key);
        if (value == null) {
            throw new AssertionError("there is no " + key);
        }
        return value;
    }

    private static Map<String, Node> template() {
        try (Reader reader = Files.newBufferedReader(Templates.FILE)) {
            return Yaml.entries(Yaml.read(reader));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
