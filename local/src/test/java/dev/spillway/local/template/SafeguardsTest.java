package dev.spillway.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What every resource of a type has, so that one that is added later has it too. */
class SafeguardsTest {

    private static final Map<String, Template.Resolved> RESOURCES =
            Templates.with(Templates.EVERYTHING).resolved();

    @Test
    void every_queue_and_the_topic_take_nothing_in_plain_text_and_keep_nothing_in_plain_text() {
        assertThat(ofType("AWS::SQS::Queue"))
                .hasSize(3)
                .allSatisfy(
                        queue -> assertThat(queue.path("SqsManagedSseEnabled").booleanValue())
                                .isTrue());
        assertThat(ofType("AWS::SNS::Topic"))
                .hasSize(1)
                .allSatisfy(topic -> assertThat(topic.has("KmsMasterKeyId")).isTrue());
        assertThat(plainTextDenied("AWS::SQS::QueuePolicy", "sqs:*"))
                .containsExactlyInAnyOrder("spillway-tasks.Arn", "spillway-released.Arn", "spillway-dead-letters.Arn");
        assertThat(plainTextDenied("AWS::SNS::TopicPolicy", "sns:Publish")).containsExactly("spillway-alarms");
    }

    @Test
    void every_log_ends_and_every_function_has_one_of_its_own() {
        List<JsonNode> logs = ofType("AWS::Logs::LogGroup");
        Set<String> names =
                logs.stream().map(log -> log.path("LogGroupName").asText()).collect(Collectors.toSet());
        List<JsonNode> functions = ofType("AWS::Serverless::Function");

        assertThat(logs)
                .allSatisfy(
                        log -> assertThat(log.path("RetentionInDays").asInt()).isPositive());
        assertThat(functions)
                .extracting(function -> function.at("/LoggingConfig/LogGroup").asText())
                .doesNotHaveDuplicates()
                .isSubsetOf(names);
        // The sample tasks' and the GraphQL API's, and no other.
        assertThat(names).hasSize(functions.size() + 2);
    }

    /** SAM gives each the policy AWSLambdaBasicExecutionRole, which lets it; what writes late would bring a deleted log back. */
    @Test
    void no_function_makes_a_log_of_its_own() {
        assertThat(ofType("AWS::Serverless::Function"))
                .allSatisfy(function -> assertThat(function.findValues("Statement").stream()
                                .flatMap(statements -> StreamSupport.stream(statements.spliterator(), false))
                                .filter(statement ->
                                        statement.path("Effect").asText().equals("Deny")))
                        .anySatisfy(statement -> {
                            assertThat(statement.path("Action").asText()).isEqualTo("logs:CreateLogGroup");
                            assertThat(statement.path("Resource").asText()).isEqualTo("*");
                        }));
    }

    /** What is kept for good by a stack that never came up is in the way of the next one: its name is taken. */
    @Test
    void what_is_kept_is_not_kept_of_a_deployment_that_failed() throws IOException {
        assertThat(Files.readAllLines(Templates.FILE))
                .filteredOn(line -> line.strip().startsWith("DeletionPolicy:"))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(": RetainExceptOnCreate"));
    }

    /** ECS changes no group without it (AmazonECSServiceRolePolicy), and counts no instance without it. */
    @Test
    void the_groups_have_the_tag_of_ECS_before_their_first_instance_and_in_either_mode() {
        ObjectNode tag = new ObjectMapper().createObjectNode();
        tag.put("Key", "AmazonECSManaged").put("Value", "true").put("PropagateAtLaunch", true);

        assertThat(Templates.allSides())
                .allSatisfy(template -> assertThat(template.resolved().values())
                        .filteredOn(resource -> resource.type().equals("AWS::AutoScaling::AutoScalingGroup"))
                        .hasSize(2)
                        .allSatisfy(group ->
                                assertThat(group.properties().path("Tags")).contains(tag)));
    }

    @Test
    void every_function_has_an_alarm_for_its_errors() {
        List<String> watched = ofType("AWS::CloudWatch::Alarm").stream()
                .filter(alarm -> alarm.path("MetricName").asText().equals("Errors"))
                .map(alarm -> alarm.at("/Dimensions/0/Value").asText())
                .toList();

        assertThat(watched)
                .containsExactlyInAnyOrderElementsOf(Templates.with(Map.of()).functions().stream()
                        .map(FunctionResource::name)
                        .toList());
    }

    /** Only then is a message not handed out again while an invocation that is not cut off yet works on it. */
    @Test
    void every_queue_that_a_function_reads_hides_messages_for_six_times_its_timeout() {
        Template template = ConditionsTest.local(Map.of());

        template.functions()
                .forEach(function -> function.events().stream()
                        .filter(EventSource.Sqs.class::isInstance)
                        .map(EventSource.Sqs.class::cast)
                        .forEach(source -> assertThat(template.queues())
                                .filteredOn(queue -> queue.logicalId().equals(source.queue()))
                                .allSatisfy(queue -> assertThat(queue.visibilityTimeout())
                                        .isGreaterThanOrEqualTo(
                                                function.timeout().multipliedBy(6)))));
    }

    @Test
    void every_task_definition_logs_and_cannot_write_to_its_image() {
        assertThat(ofType("AWS::ECS::TaskDefinition")).hasSize(3).allSatisfy(definition -> {
            JsonNode container = definition.at("/ContainerDefinitions/0");
            assertThat(container.at("/LogConfiguration/LogDriver").asText()).isIn("awslogs", "awsfirelens");
            assertThat(container.path("ReadonlyRootFilesystem").booleanValue()).isTrue();
            assertThat(definition.has("ExecutionRoleArn") && definition.has("TaskRoleArn"))
                    .isTrue();
        });
    }

    /** What Fluent Bit needs to write to a domain whose access policy asks for a signature, each day into a new index. */
    @Test
    void logs_go_to_OpenSearch_signed_and_encrypted_by_a_router_whose_end_is_not_the_jobs() {
        assertThat(ofType("AWS::ECS::TaskDefinition")).allSatisfy(definition -> {
            JsonNode job = definition.at("/ContainerDefinitions/0");
            JsonNode options = job.at("/LogConfiguration/Options");
            assertThat(options.path("Name").asText()).isEqualTo("opensearch");
            assertThat(options.path("tls").asText()).isEqualTo("On");
            assertThat(options.path("AWS_Auth").asText()).isEqualTo("On");
            assertThat(options.path("Logstash_Format").asText()).isEqualTo("On");
            JsonNode router = definition.at("/ContainerDefinitions/1");
            assertThat(router.at("/FirelensConfiguration/Type").asText()).isEqualTo("fluentbit");
            assertThat(router.path("Essential").booleanValue()).isFalse();
            assertThat(job.at("/DependsOn/0/ContainerName").asText())
                    .isEqualTo(router.path("Name").asText());
        });
        assertThat(ofType("AWS::IAM::Role").stream()
                        .flatMap(role -> role.findValues("Action").stream())
                        .map(JsonNode::asText)
                        .filter(action -> action.startsWith("es:")))
                .containsExactly("es:ESHttpPost");
    }

    private static List<String> plainTextDenied(String type, String action) {
        return ofType(type).stream()
                .flatMap(policy -> StreamSupport.stream(
                        policy.at("/PolicyDocument/Statement").spliterator(), false))
                .filter(statement -> statement.path("Effect").asText().equals("Deny")
                        && statement.path("Principal").asText().equals("*")
                        && statement.path("Action").asText().equals(action)
                        && statement
                                .at("/Condition/Bool/aws:SecureTransport")
                                .asText()
                                .equals("false"))
                .map(statement -> statement.path("Resource"))
                .flatMap(resource -> resource.isArray()
                        ? StreamSupport.stream(resource.spliterator(), false)
                        : List.of(resource).stream())
                .map(JsonNode::asText)
                .toList();
    }

    private static List<JsonNode> ofType(String type) {
        return RESOURCES.values().stream()
                .filter(resource -> resource.type().equals(type))
                .map(Template.Resolved::properties)
                .toList();
    }
}
