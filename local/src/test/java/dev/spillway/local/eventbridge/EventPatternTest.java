package dev.spillway.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventPatternTest {

    private static final String EVENT = """
            {"source": "aws.ecs", "detail-type": "ECS Task State Change", "resources": ["arn:1", "arn:2"],
             "detail": {"lastStatus": "STOPPED", "version": 3, "ready": true, "group": null,
                        "containers": [{"name": "a", "exitCode": 0}, {"name": "b", "exitCode": 1}]}}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'source': ['aws.ecs']} | true",
                "{'source': ['aws.ec2', 'aws.ecs']} | true",
                "{'source': ['aws.ec2']} | false",
                "{'source': ['AWS.ECS']} | false",
                "{'source': ['aws.ecs'], 'detail': {'lastStatus': ['RUNNING']}} | false",
                "{'source': ['aws.ecs'], 'detail': {'lastStatus': ['STOPPED']}} | true",
                "{'nothing': ['x']} | false",
                "{'resources': ['arn:2']} | true",
                "{'resources': ['arn:3']} | false",
                "{'detail': {'version': [3.0]}} | true",
                "{'detail': {'version': ['3']}} | false",
                "{'detail': {'ready': [true]}} | true",
                "{'detail': {'group': [null]}} | true",
                "{'source': [{'prefix': 'aws.'}]} | true",
                "{'source': [{'prefix': 'ecs'}]} | false",
                "{'source': [{'suffix': '.ecs'}]} | true",
                "{'detail': {'version': [{'prefix': '3'}]}} | false",
                "{'detail': {'lastStatus': [{'anything-but': 'RUNNING'}]}} | true",
                "{'detail': {'lastStatus': [{'anything-but': ['RUNNING', 'STOPPED']}]}} | false",
                "{'detail': {'lastStatus': [{'anything-but': {'prefix': 'STOP'}}]}} | false",
                "{'detail': {'absent': [{'anything-but': 'x'}]}} | false",
                "{'detail': {'absent': [{'exists': false}]}} | true",
                "{'detail': {'lastStatus': [{'exists': false}]}} | false",
                "{'detail': {'lastStatus': [{'exists': true}]}} | true",
                "{'detail': {'absent': [{'exists': true}]}} | false",
                "{'detail': [{'exists': true}]} | false",
                "{'detail': {'absent': ['x', {'exists': false}]}} | true",
                "{'detail': {'version': [{'numeric': ['>', 2, '<=', 3]}]}} | true",
                "{'detail': {'version': [{'numeric': ['=', 4]}]}} | false",
                "{'detail': {'lastStatus': [{'numeric': ['>', 0]}]}} | false",
                "{'detail': {'containers': {'exitCode': [1]}}} | true",
                "{'detail': {'containers': {'exitCode': [2]}}} | false",
                "{'$or': [{'source': ['x']}, {'detail': {'version': [3]}}]} | true",
                "{'$or': [{'source': ['x']}, {'source': ['y']}]} | false",
                "{'source': ['x'], '$or': [{'source': ['aws.ecs']}, {'source': ['y']}]} | false",
                "{'detail': {'$or': [{'version': [9]}, {'ready': [true]}]}} | true"
            })
    void an_event_matches_when_every_named_field_does(String pattern, boolean expected) {
        assertThat(EventPattern.parse(json(pattern)).matches(json(EVENT))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | at least one field",
                "[] | at least one field",
                "{'source': 'aws.ecs'} | pattern.source: values stand in a list",
                "{'source': []} | pattern.source: values stand in a list",
                "{'source': [['x']]} | a value or one operator",
                "{'source': [{'prefx': 'x'}]} | the operator prefx is not known",
                "{'source': [{'wildcard': 'x*'}]} | the operator wildcard is not known",
                "{'source': [{'prefix': 'x', 'suffix': 'y'}]} | a value or one operator",
                "{'source': [{'prefix': 5}]} | prefix takes a text",
                "{'a': [{'exists': 'yes'}]} | exists is true or false",
                "{'a': [{'numeric': ['>']}]} | numeric takes pairs",
                "{'a': [{'numeric': ['~', 5]}]} | numeric has no operator ~",
                "{'a': [{'numeric': ['>', 'five']}]} | is no number",
                "{'a': [{'anything-but': {'exists': true}}]} | anything-but takes values",
                "{'detail': {}} | pattern.detail: a pattern is an object with at least one field",
                "{'$or': [{'a': [1]}]} | at least two patterns"
            })
    void a_pattern_that_is_not_known_is_an_error_that_names_the_field(String pattern, String message) {
        assertThatThrownBy(() -> EventPattern.parse(json(pattern)))
                .isInstanceOf(UnknownPatternException.class)
                .hasMessageContaining(message);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
