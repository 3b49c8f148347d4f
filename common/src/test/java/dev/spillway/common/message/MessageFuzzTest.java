package dev.spillway.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Valid messages, changed at random: never an exception, and nothing accepted that the published schema refuses. */
class MessageFuzzTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> VALID =
            Examples.valid().stream().map(Examples.Example::body).toList();

    /** What a value is replaced by: the neighbours of every bound, and every type. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "1",
            "-1",
            "-0",
            "1.0",
            "1e3",
            "101",
            "256",
            "196609",
            "1e999999999",
            "\"\"",
            "\"a\"",
            "\"1\"",
            "\"EC2\"",
            "\"LAMBDA\"",
            "\"FARGATE\"",
            "\"ecs\"",
            "\"lambda\"",
            "\"PT0S\"",
            "\"PT1S\"",
            "\"P366D\"",
            "\"*\"",
            "\"distinctInstance\"",
            "\"memberOf:\"",
            "\"\\u0000\"",
            "\"a\\n\"",
            "\"SPILLWAY_A\"",
            "\"aws:a\"",
            "\"\\ud83d\\uded1\"",
            "[]",
            "{}",
            "[[]]",
            "[\"a\"]",
            "[\"LAMBDA\"]",
            "[\"EC2\",\"EC2\"]",
            "{\"a\":1}",
            "{\"aws:a\":\"\"}",
            "{\"A=\":\"\"}",
            "{\"attempts\":1}",
            "[1,1]");

    private static final List<String> NAMES = List.of(
            "taskId",
            "taskDefinition",
            "processor",
            "function",
            "payload",
            "container",
            "command",
            "environment",
            "cpu",
            "memory",
            "capacity",
            "placement",
            "priority",
            "retry",
            "timeout",
            "waitDeadline",
            "tags",
            "cancel",
            "reason",
            "exitCode",
            "stopReason",
            "action",
            "attempts",
            "rules",
            "constraints",
            "strategies",
            "taskRoleArn",
            "",
            "SPILLWAY_A",
            "aws:a",
            "A=b",
            "\u0000");

    private static final String CHARACTERS = "{}[]\",:\\ \n0123456789-+.eE tfnulars\u0000\u00e9\ud83d\uded1*=";

    @Provide
    Arbitrary<String> messagesWithChangedValues() {
        return Combinators.combine(
                        Arbitraries.of(VALID),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(1, 4))
                .as((body, seed, changes) -> changeValues(body, new Random(seed), changes));
    }

    @Provide
    Arbitrary<String> messagesWithChangedText() {
        return Combinators.combine(
                        Arbitraries.of(VALID),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(1, 6))
                .as((body, seed, changes) -> changeText(body, new Random(seed), changes));
    }

    @Property(tries = 10_000, seed = "20261101", edgeCases = EdgeCasesMode.NONE)
    void changedValues(@ForAll("messagesWithChangedValues") String body) {
        checkNotAcceptedAgainstTheSchema(body);
    }

    @Property(tries = 10_000, seed = "20261102", edgeCases = EdgeCasesMode.NONE)
    void changedText(@ForAll("messagesWithChangedText") String body) {
        checkNotAcceptedAgainstTheSchema(body);
    }

    private static void checkNotAcceptedAgainstTheSchema(String body) {
        switch (MessageParser.parse(body, Examples.MESSAGE_ID)) {
            case ParsedMessage.Invalid invalid -> assertThat(invalid.errors()).isNotEmpty();
            case ParsedMessage.Run run -> {
                checkSchemaAccepts(body);
                assertThat(TaskRequestJson.read(TaskRequestJson.write(run.request())))
                        .isEqualTo(run.request());
            }
            case ParsedMessage.Cancel cancel -> checkSchemaAccepts(body);
        }
    }

    private static void checkSchemaAccepts(String body) {
        assertThat(PublishedSchema.errors(body))
                .hasValueSatisfying(errors -> assertThat(errors).isEmpty());
    }

    private static String changeValues(String body, Random random, int changes) {
        try {
            JsonNode root = JSON.readTree(body);
            for (int i = 0; i < changes; i++) {
                List<JsonNode> containers = new ArrayList<>();
                collectContainers(root, containers);
                change(containers.get(random.nextInt(containers.size())), random);
            }
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an example is not JSON", e);
        }
    }

    private static void collectContainers(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collectContainers(child, containers));
        }
    }

    private static void change(JsonNode container, Random random) throws JsonProcessingException {
        JsonNode value = JSON.readTree(pick(VALUES, random));
        if (container instanceof ArrayNode array) {
            int at = random.nextInt(array.size() + 1);
            switch (random.nextInt(3)) {
                case 0 -> array.insert(at, value);
                case 1 -> array.remove(at);
                default -> array.insert(at, array.isEmpty() ? value : array.get(random.nextInt(array.size())));
            }
        } else if (container instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                names.add(member.getKey());
            }
            String present = names.isEmpty() ? "a" : pick(names, random);
            switch (random.nextInt(4)) {
                case 0 -> object.remove(present);
                case 1 -> object.set(present, value);
                case 2 -> object.set(pick(NAMES, random), value);
                default -> object.set(pick(NAMES, random), names.isEmpty() ? value : object.get(present));
            }
        }
    }

    private static String changeText(String body, Random random, int changes) {
        StringBuilder text = new StringBuilder(body);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(4));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
                case 2 -> text.replace(at, end, pick(VALUES, random));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
            }
        }
        return text.toString();
    }

    private static String pick(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
