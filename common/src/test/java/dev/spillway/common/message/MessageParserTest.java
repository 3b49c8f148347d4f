package dev.spillway.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.FunctionWork;
import dev.spillway.common.task.Placement;
import dev.spillway.common.task.RetryPolicy;
import dev.spillway.common.task.RetryRule;
import dev.spillway.common.task.TaskId;
import dev.spillway.common.task.TaskRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageParserTest {

    @Test
    void readsEveryField() {
        TaskRequest request = accepted("""
                {
                  "taskId": "report-1", "taskDefinition": "word-count:3", "container": "main",
                  "command": ["wc", "-w"], "environment": {"FILE": "/data/text"}, "cpu": 512, "memory": 1024,
                  "capacity": ["EC2_SPOT", "FARGATE"],
                  "placement": {
                    "constraints": ["memberOf:attribute:zone == a", "distinctInstance"],
                    "strategies": ["spread:host", "binpack:memory", "random"]
                  },
                  "priority": 7,
                  "retry": {
                    "attempts": 3,
                    "rules": [{"exitCode": [1, 137], "action": "retry"}, {"stopReason": "Cannot*", "action": "fail"}]
                  },
                  "timeout": "PT1H", "waitDeadline": "P1D", "tags": {"team": "research"}
                }""");

        assertThat(request.taskId()).isEqualTo(new TaskId("report-1"));
        assertThat(request.function()).isNull();
        assertThat(request.capacity()).containsExactly(CapacityType.EC2_SPOT, CapacityType.FARGATE);
        assertThat(request.priority()).isEqualTo(7);
        assertThat(request.timeout()).isEqualTo(Duration.ofHours(1));
        assertThat(request.waitDeadline()).isEqualTo(Duration.ofDays(1));
        assertThat(request.retry())
                .isEqualTo(new RetryPolicy(
                        3,
                        List.of(
                                new RetryRule.OnExitCode(Set.of(1, 137), RetryRule.Action.RETRY),
                                new RetryRule.OnStopReason("Cannot*", RetryRule.Action.FAIL))));
        assertThat(request.container()).satisfies(work -> {
            assertThat(work.taskDefinition()).isEqualTo("word-count:3");
            assertThat(work.container()).isEqualTo("main");
            assertThat(work.command()).containsExactly("wc", "-w");
            assertThat(work.environment()).isEqualTo(Map.of("FILE", "/data/text"));
            assertThat(work.cpu()).isEqualTo(512);
            assertThat(work.memory()).isEqualTo(1024);
            assertThat(work.tags()).isEqualTo(Map.of("team", "research"));
            assertThat(work.placement())
                    .isEqualTo(new Placement(
                            List.of(
                                    new Placement.Constraint.MemberOf("attribute:zone == a"),
                                    new Placement.Constraint.DistinctInstance()),
                            List.of(
                                    new Placement.Strategy(Placement.Strategy.Type.SPREAD, "instanceId"),
                                    new Placement.Strategy(Placement.Strategy.Type.BINPACK, "memory"),
                                    new Placement.Strategy(Placement.Strategy.Type.RANDOM, ""))));
        });
    }

    @Test
    void whatAMessageLeavesOutHasItsDefault() {
        TaskRequest request = accepted("{\"taskDefinition\": \"word-count\"}");

        assertThat(request.taskId()).isEqualTo(new TaskId(Examples.MESSAGE_ID));
        assertThat(request.priority()).isZero();
        assertThat(request.retry()).isEqualTo(RetryPolicy.NONE);
        assertThat(request.timeout()).isNull();
        assertThat(request.waitDeadline()).isNull();
        assertThat(request.container()).satisfies(work -> {
            assertThat(work.command()).isNull();
            assertThat(work.placement()).isEqualTo(Placement.ANYWHERE);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "taskDefinition": "t"                                                    | EC2 FARGATE
            "taskDefinition": "t", "processor": "auto"                               | EC2 FARGATE
            "taskDefinition": "t", "processor": "ecs"                                | EC2 FARGATE
            "function": "f"                                                          | LAMBDA
            "function": "f", "processor": "lambda"                                   | LAMBDA
            "taskDefinition": "t", "function": "f"                                   | LAMBDA EC2 FARGATE
            "taskDefinition": "t", "capacity": ["FARGATE", "EC2"]                    | FARGATE EC2
            "taskDefinition": "t", "function": "f", "capacity": ["EC2", "LAMBDA"]    | EC2 LAMBDA
            """)
    void theChainFollowsFromWhatIsNamed(String fields, String chain) {
        assertThat(accepted("{" + fields + "}").capacity())
                .isEqualTo(Arrays.stream(chain.split(" "))
                        .map(CapacityType::valueOf)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {}                  | {}
            null                | null
            [1.0, 1e2,-0 , 10]  | [1.0,1e2,-0,10]
            {"b": 1, "a": {}}   | {"a":{},"b":1}
            """)
    void thePayloadIsKeptAsItIsButForOrderAndSpace(String written, String kept) {
        assertThat(accepted("{\"function\": \"f\", \"payload\": " + written + "}")
                        .function())
                .isEqualTo(new FunctionWork("f", kept));
    }

    @Test
    void aFunctionWithoutPayloadIsHandedAnEmptyObject() {
        assertThat(accepted("{\"function\": \"f\"}").function()).isEqualTo(new FunctionWork("f", "{}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"cancel": "report-1"}                       | cancelled by a message
            {"cancel": "report-1", "reason": "  "}       | cancelled by a message
            {"cancel": "report-1", "reason": "a typo"}   | a typo
            """)
    void cancels(String body, String reason) {
        assertThat(parse(body)).isEqualTo(new ParsedMessage.Cancel(new TaskId("report-1"), reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"taskId": "report-1", "cpu": 1}                                        | report-1
            {"cpu": 1}                                                              | 059f36b4-87a3-44ab-83d2-661975830a7d
            {"taskId": "a b", "taskDefinition": "t"}                                |
            {"taskId": "report-1", "taskId": "report-2", "taskDefinition": "t"}     |
            {"cancel": "report-1", "taskDefinition": "t"}                           |
            {"taskId": "report-1"                                                   |
            [{"taskId": "report-1"}]                                                |
            """)
    void aRefusedMessageHasATaskIdOnlyWhereItIsCertain(String body, String taskId) {
        assertThat(parse(body))
                .asInstanceOf(InstanceOfAssertFactories.type(ParsedMessage.Invalid.class))
                .satisfies(
                        invalid -> assertThat(invalid.taskId()).isEqualTo(taskId == null ? null : new TaskId(taskId)));
    }

    @Test
    void aMessageIdThatCannotBeATaskIdIsNotMadeToFit() {
        ParsedMessage message = MessageParser.parse("{\"taskDefinition\": \"t\"}", "not valid");

        assertThat(sentences(message))
                .containsExactly("taskId: got nothing, and a message id that cannot be a task id"
                        + ", wants 1 to 100 characters of A-Z, a-z, 0-9, _ and -");
    }

    /** Many a pattern language takes a line break at the end for the end. */
    @Test
    void anIdDoesNotEndWithALineBreak() {
        assertThat(sentences(parse("{\"taskDefinition\": \"t\\n\", \"taskId\": \"a\\n\", \"timeout\": \"PT1S\\n\"}")))
                .extracting(sentence -> sentence.substring(0, sentence.indexOf(", wants")))
                .containsExactly(
                        "taskId: got \"a\\u000a\"", "taskDefinition: got \"t\\u000a\"", "timeout: got \"PT1S\\u000a\"");
    }

    @Test
    void aRequestThatFitsTheTableIsMeasuredInBytes() {
        String frame = TaskRequestJson.write(accepted("{\"function\": \"f\", \"payload\": \"\"}"));
        int room = MessageParser.MAX_REQUEST_BYTES - frame.length();

        accepted("{\"function\": \"f\", \"payload\": \"" + "x".repeat(room) + "\"}");
        assertThat(sentences(parse("{\"function\": \"f\", \"payload\": \"" + "x".repeat(room - 2) + "€\"}")))
                .containsExactly("message: got a request of 262145 bytes, wants at most 262144: 1 too many");
    }

    @Test
    void errorsBeyondTheHundredthAreCounted() {
        StringBuilder body = new StringBuilder("{\"taskDefinition\": \"t\"");
        for (int i = 0; i < 5_000; i++) {
            body.append(", \"x").append(i).append("\": 1");
        }
        List<String> sentences = sentences(parse(body.append("}").toString()));

        assertThat(sentences).hasSize(MessageParser.MAX_ERRORS);
        assertThat(sentences.getLast()).isEqualTo("message: got 4901 more errors, wants those above put right first");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{\"a\":",
                "{\"function\": \"f\", \"payload\": [",
                "1",
                "{\"taskDefinition\": \"t\", \"cpu\": 1",
                "{\"taskDefinition\": \"t\", \"cpu\": 1e",
                "{\"taskDefinition\": \"",
                "{\"taskDefinition\": \"t\", \"timeout\": \"PT",
                "\\",
                " ",
            })
    @Timeout(10)
    void aBodyOfEndlessRepetitionIsRefusedAtOnce(String beginning) {
        String repeated = beginning.substring(beginning.length() - 1);
        String body = beginning + repeated.repeat(JsonReader.MAX_BODY - beginning.length());

        assertThat(parse(body)).isInstanceOf(ParsedMessage.Invalid.class);
        assertThat(sentences(parse(body + repeated)))
                .containsExactly("message: got 1048577 characters, wants at most 1048576");
    }

    /** "Aa" and "BB" have the same hash code, and so have all names made of them. */
    @Test
    @Timeout(10)
    void namesWithTheSameHashCodeCostNoMoreThanOthers() {
        StringBuilder body = new StringBuilder("{\"function\": \"f\", \"payload\": {\"x\": 1");
        for (int i = 0; i < 1 << 14; i++) {
            body.append(", \"");
            for (int bit = 0; bit < 14; bit++) {
                body.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            body.append("\": 1");
        }

        assertThat(sentences(parse(body.append("}}").toString())))
                .singleElement()
                .asString()
                .startsWith("message: got a request of ");
    }

    @Test
    @Timeout(10)
    void pathsOfDeepErrorsDoNotGrowWithTheNamesAboveThem() {
        String body = "{\"" + "n".repeat(40_000) + "\": {" + "\"a\": 1, ".repeat(100_000) + "\"a\": 1}}";

        assertThat(sentences(parse(body)))
                .hasSize(MessageParser.MAX_ERRORS)
                .allSatisfy(sentence -> assertThat(sentence).hasSizeLessThan(400));
    }

    private static ParsedMessage parse(String body) {
        return MessageParser.parse(body, Examples.MESSAGE_ID);
    }

    private static TaskRequest accepted(String body) {
        return switch (parse(body)) {
            case ParsedMessage.Run run -> run.request();
            case ParsedMessage.Cancel cancel -> throw new AssertionError(cancel);
            case ParsedMessage.Invalid invalid -> throw new AssertionError(invalid.sentence());
        };
    }

    private static List<String> sentences(ParsedMessage message) {
        assertThat(message).isInstanceOf(ParsedMessage.Invalid.class);
        return ((ParsedMessage.Invalid) message)
                .errors().stream().map(FieldError::sentence).toList();
    }
}
