package dev.spillway.local.graphql;

import static dev.spillway.local.graphql.PublicRecords.NOON;
import static dev.spillway.local.graphql.PublicRecords.SECRET;
import static dev.spillway.local.graphql.PublicRecords.launching;
import static dev.spillway.local.graphql.PublicRecords.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spillway.common.task.CapacityType;
import dev.spillway.common.task.TaskRecord;
import dev.spillway.common.task.TaskStatus;
import dev.spillway.local.eventbridge.EventPattern;
import dev.spillway.local.template.ResolvedTemplate;
import graphql.ExecutionResult;
import graphql.ParseAndValidate;
import graphql.parser.Parser;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLTypeUtil;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How a change of a task reaches its subscribers: the function's event, the rule, the mutation, the subscription. */
class GraphqlChangesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResolvedTemplate TEMPLATE = ResolvedTemplate.withEverything();
    private static final JsonNode TARGET = TEMPLATE.named("GraphqlChangeRule").at("/Targets/0");

    private static TasksTable table;
    private static AppSyncApi api;
    private static List<JsonNode> events;

    @BeforeAll
    static void the_table_and_the_api() throws Exception {
        table = new TasksTable();
        api = AppSyncApi.of(TEMPLATE, table.client());
        events = List.of(recorded(), first(), ofARejected(), ofAnEnd());
    }

    @AfterAll
    static void stop() {
        table.close();
    }

    @Test
    void each_event_of_a_change_becomes_the_mutation_of_its_detail() {
        assertThat(events).allSatisfy(event -> {
            assertThat(EventPattern.parse(TEMPLATE.named("GraphqlChangeRule").path("EventPattern"))
                            .matches(event))
                    .isTrue();
            ExecutionResult answer = publish(event);
            assertThat(answer.getErrors()).isEmpty();
            assertThat(withoutNulls(data(answer).path("publishTaskChange")))
                    .isEqualTo(withoutNulls(event.path("detail")));
        });
    }

    @Test
    void an_event_that_comes_twice_is_told_twice_with_the_same_version() throws Exception {
        JsonNode event = recorded();

        assertThat(data(publish(event))).isEqualTo(data(publish(event)));
        assertThat(data(publish(event)).at("/publishTaskChange/version").asInt())
                .isPositive();
    }

    /** So that a field that is added to the event is not lost here, but noticed. */
    @Test
    void an_event_with_a_field_that_the_schema_lacks_is_refused_and_goes_to_the_dead_letters() throws Exception {
        ObjectNode event = recorded();
        event.withObject("/detail").put("mood", "good");

        assertThat(publish(event).getErrors())
                .singleElement()
                .satisfies(error -> assertThat(error.getMessage()).contains("mood"));
        assertThat(TARGET.at("/DeadLetterConfig/Arn").asText()).isEqualTo("spillway-dead-letters.Arn");
        assertThat(statement(TEMPLATE.named("DeadLetterQueuePolicy"), "ChangesThatWereNotTold"))
                .isEqualTo(JSON.readTree("""
                        {"Sid": "ChangesThatWereNotTold", "Effect": "Allow", "Action": "sqs:SendMessage",
                         "Principal": {"Service": "events.amazonaws.com"}, "Resource": "spillway-dead-letters.Arn",
                         "Condition": {"ArnEquals": {"aws:SourceArn": "spillway-GraphqlChangeRule.Arn"}}}
                        """));
    }

    @Test
    void no_event_holds_what_is_not_public() {
        assertThat(events).allSatisfy(event -> assertThat(event.toString()).doesNotContain(SECRET));
    }

    @Test
    void the_recorded_event_is_what_the_function_makes_of_the_recorded_batch() throws Exception {
        JsonNode batch =
                JSON.readTree(Path.of("..", "events", "dynamodb-stream.json").toFile());
        JsonNode images = batch.at("/Records/0/dynamodb");

        JsonNode made =
                Announced.event(TypedJson.item(images.path("OldImage")), TypedJson.item(images.path("NewImage")));

        assertThat(List.of("source", "detail-type", "time", "resources", "detail"))
                .allSatisfy(field -> assertThat(recorded().get(field)).isEqualTo(made.get(field)));
    }

    /** AppSync gives a subscriber only what the mutation asked for. */
    @Test
    void the_mutation_asks_for_every_field_that_a_subscriber_can_ask_for() throws Exception {
        assertThat(data(publish(recorded())).path("publishTaskChange").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(change().getFieldDefinitions().stream()
                        .map(GraphQLFieldDefinition::getName)
                        .toList());
    }

    @Test
    void what_goes_in_is_what_comes_out() {
        Map<String, String> in = new TreeMap<>();
        for (GraphQLInputObjectField field :
                ((GraphQLInputObjectType) api.schema().getType("TaskChangeInput")).getFieldDefinitions()) {
            in.put(field.getName(), GraphQLTypeUtil.simplePrint(field.getType()));
        }
        Map<String, String> out = new TreeMap<>();
        change().getFieldDefinitions()
                .forEach(field -> out.put(field.getName(), GraphQLTypeUtil.simplePrint(field.getType())));

        assertThat(in).isEqualTo(out);
    }

    /** What AppSync asks of a subscription: the mutation's type, and arguments that are fields of it. */
    @Test
    void the_subscription_is_that_of_the_mutation() {
        GraphQLFieldDefinition subscription = api.schema().getSubscriptionType().getField("taskChanged");
        GraphQLFieldDefinition mutation = api.schema().getMutationType().getField("publishTaskChange");

        List<String> mutations = subscription
                .getAppliedDirective("aws_subscribe")
                .getArgument("mutations")
                .getValue();
        assertThat(mutations).containsExactly(mutation.getName());
        assertThat(subscription.getType()).isSameAs(mutation.getType()).isSameAs(change());
        assertThat(subscription.getArguments())
                .hasSize(2)
                .allSatisfy(argument -> assertThat(argument.getType())
                        .isSameAs(GraphQLTypeUtil.unwrapNonNull(
                                change().getField(argument.getName()).getType())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subscription { taskChanged { taskId status version } } | true",
                "subscription { taskChanged(taskId: \"a\") { status previousStatus reason } } | true",
                "subscription { taskChanged(status: FAILED) { taskId exitCode } } | true",
                "subscription { taskChanged(status: failed) { taskId } } | false",
                "subscription { taskChanged { command } } | false"
            })
    void a_subscription_is_valid_or_not(String document, boolean isValid) {
        assertThat(ParseAndValidate.validate(api.schema(), Parser.parse(document))
                        .isEmpty())
                .isEqualTo(isValid);
    }

    @Test
    void the_examples_of_the_guide_are_valid() throws Exception {
        String guide = Files.readString(Path.of("..", "docs", "deploy.md"));
        String examples = guide.substring(guide.indexOf("```graphql\n") + 11);

        assertThat(ParseAndValidate.validate(
                        api.schema(), Parser.parse(examples.substring(0, examples.indexOf("```")))))
                .isEmpty();
    }

    @Test
    void the_schema_knows_every_status_and_capacity_type() {
        assertThat(values("TaskStatus"))
                .containsExactly(Stream.of(TaskStatus.values()).map(Enum::name).toArray(String[]::new));
        assertThat(values("CapacityType"))
                .containsExactly(
                        Stream.of(CapacityType.values()).map(Enum::name).toArray(String[]::new));
    }

    @Test
    void only_the_rule_may_publish_and_who_reads_may_not() {
        JsonNode publish = statement(TEMPLATE.named("GraphqlChangeRole"), "Publish");
        JsonNode read = statement(TEMPLATE.named("GraphqlReadPolicy"), "AskAndFollow");

        assertThat(publish.path("Resource").asText()).isEqualTo("spillway.Arn/types/Mutation/fields/publishTaskChange");
        assertThat(TARGET.path("RoleArn").asText()).isEqualTo("spillway-GraphqlChangeRole.Arn");
        assertThat(read.path("Resource"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                api.schema().getQueryType(), api.schema().getSubscriptionType())
                        .flatMap(type -> type.getFieldDefinitions().stream()
                                .map(field ->
                                        "spillway.Arn/types/%s/fields/%s".formatted(type.getName(), field.getName())))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"API_KEY", "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT", "AWS_LAMBDA"})
    void nobody_is_let_in_but_by_iam(String other) {
        JsonNode endpoint = TEMPLATE.only("AWS::AppSync::GraphQLApi");

        assertThat(endpoint.path("AuthenticationType").asText()).isEqualTo("AWS_IAM");
        assertThat(endpoint.toString()).doesNotContain(other);
        assertThat(TEMPLATE.ofType("AWS::AppSync::ApiKey")).isEmpty();
    }

    private static ObjectNode recorded() throws Exception {
        return (ObjectNode) JSON.readTree(
                Path.of("..", "events", "spillway-task-status-change.json").toFile());
    }

    private static JsonNode first() {
        TaskRecord task = table.create(launching("first").build());
        return Announced.event(Map.of(), table.item(task.taskId()));
    }

    private static JsonNode ofARejected() {
        TaskRecord task = table.create(rejected("rejected"));
        return Announced.event(Map.of(), table.item(task.taskId()));
    }

    private static JsonNode ofAnEnd() {
        TaskRecord task = table.create(launching("ended").build());
        Map<String, AttributeValue> before = table.item(task.taskId());
        table.update(task.toBuilder()
                .exitCode(1)
                .become(TaskStatus.FAILED, NOON.plusSeconds(9), "it \"failed\"")
                .reason("it \"failed\" <so>")
                .dueAt(null)
                .build());
        return Announced.event(before, table.item(task.taskId()));
    }

    /** What EventBridge does with an event that the rule's pattern matches. */
    private static ExecutionResult publish(JsonNode event) {
        Map<String, Object> variables = JSON.convertValue(
                InputTransformer.apply(TARGET.path("InputTransformer"), event),
                JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
        return api.execute(TARGET.at("/AppSyncParameters/GraphQLOperation").asText(), variables);
    }

    private static GraphQLObjectType change() {
        return api.schema().getObjectType("TaskChange");
    }

    private static List<String> values(String type) {
        return ((GraphQLEnumType) api.schema().getType(type))
                .getValues().stream().map(GraphQLEnumValueDefinition::getName).toList();
    }

    private static JsonNode statement(JsonNode owner, String sid) {
        return owner.findValues("Statement").stream()
                .flatMap(statements -> StreamSupport.stream(statements.spliterator(), false))
                .filter(statement -> statement.path("Sid").asText().equals(sid))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, JsonNode> withoutNulls(JsonNode object) {
        Map<String, JsonNode> fields = new TreeMap<>();
        object.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private static JsonNode data(ExecutionResult answer) {
        return JSON.valueToTree(answer.getData());
    }
}
