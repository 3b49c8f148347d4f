package dev.spillway.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

class TemplateTest {

    private static final ResourceValues VALUES =
            new LocalResourceValues("us-east-1", "000000000000", URI.create("http://127.0.0.1:9324"));

    @Test
    void the_real_template_gives_the_driver_its_environment_and_its_queues() {
        FunctionResource driver = function(real(Map.of("TaskDefinitions", "a, b*")), "DriverFunction");

        assertThat(driver.handler()).isEqualTo("dev.spillway.driver.DriverHandler");
        assertThat(driver.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(driver.memory()).isEqualTo(1024);
        assertThat(driver.environment())
                .containsEntry("TABLE_NAME", "spillway-tasks")
                .containsEntry("CLUSTER", "spillway")
                .containsEntry("DEAD_LETTER_QUEUE_URL", "http://127.0.0.1:9324/000000000000/spillway-dead-letters")
                .containsEntry("RELEASE_QUEUE_ARN", "arn:aws:sqs:us-east-1:000000000000:spillway-released")
                .containsEntry("SUBNETS", "subnet-0123456789abcdef0")
                .containsEntry("ASSIGN_PUBLIC_IP", "DISABLED")
                .containsEntry("TASK_DEFINITIONS", "a,b*")
                .containsEntry("POWERTOOLS_SERVICE_NAME", "spillway-driver")
                .containsEntry("POWERTOOLS_METRICS_NAMESPACE", "Spillway");
        assertThat(driver.events())
                .containsExactly(
                        new EventSource.Sqs("Tasks", "TaskQueue", 10, Duration.ZERO, true, 5),
                        new EventSource.Sqs("Released", "ReleaseQueue", 10, Duration.ZERO, true, 2));
    }

    @Test
    void the_real_template_gives_task_state_its_rules_and_its_schedule() {
        FunctionResource taskState = function(real(Map.of()), "TaskStateFunction");

        assertThat(taskState.environment())
                .containsEntry("RELEASE_QUEUE_URL", "http://127.0.0.1:9324/000000000000/spillway-released")
                .containsEntry("MAX_LOSSES", "10");
        assertThat(taskState.events()).hasSize(4).contains(new EventSource.Schedule("Sweep", "rate(1 minute)"));
        EventSource.EventBridgeRule rule =
                (EventSource.EventBridgeRule) taskState.events().getFirst();
        assertThat(rule.pattern().at("/detail/clusterArn/0").textValue())
                .isEqualTo("arn:aws:ecs:us-east-1:000000000000:cluster/spillway");
        assertThat(rule.pattern().at("/detail/lastStatus"))
                .extracting(JsonNode::textValue)
                .as("what moves a record")
                .containsExactly("RUNNING", "STOPPED");
    }

    @Test
    void the_real_template_maps_the_stream_of_the_table_to_the_announcing_function() {
        FunctionResource announce = function(real(Map.of()), "AnnounceFunction");

        assertThat(announce.environment()).containsEntry("EVENT_BUS_NAME", "default");
        assertThat(announce.events())
                .singleElement()
                .isInstanceOfSatisfying(EventSource.DynamoDbStream.class, stream -> {
                    assertThat(stream.streamArn())
                            .startsWith("arn:aws:dynamodb:us-east-1:000000000000:table/spillway-tasks/stream/");
                    assertThat(stream.batchSize()).isEqualTo(100);
                    assertThat(stream.reportBatchItemFailures()).isTrue();
                });
    }

    @Test
    void the_real_template_redrives_both_queues_to_the_dead_letter_queue() {
        List<QueueResource> queues = real(Map.of()).queues();

        assertThat(queues)
                .extracting(QueueResource::logicalId)
                .containsExactly("TaskQueue", "ReleaseQueue", "DeadLetterQueue");
        QueueResource.Redrive redrive =
                new QueueResource.Redrive(5, "arn:aws:sqs:us-east-1:000000000000:spillway-dead-letters");
        assertThat(queues)
                .extracting(QueueResource::redrive)
                .containsExactly(Optional.of(redrive), Optional.of(redrive), Optional.empty());
        assertThat(queues.getFirst().visibilityTimeout()).isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void the_visibility_timeout_is_six_times_the_drivers_timeout() {
        Template template = real(Map.of());

        assertThat(template.queues().getFirst().visibilityTimeout())
                .isEqualTo(function(template, "DriverFunction").timeout().multipliedBy(6));
    }

    @Test
    void the_real_template_has_the_table_with_its_three_indexes() {
        TableResource table = real(Map.of()).tables().getFirst();

        assertThat(table.name()).isEqualTo("spillway-tasks");
        assertThat(table.key()).isEqualTo(new TableResource.Key("task_id", Optional.empty()));
        assertThat(table.timeToLive()).contains("expires_at");
        assertThat(table.indexes())
                .extracting(TableResource.Index::name, TableResource.Index::projection)
                .containsExactly(tuple("status", "INCLUDE"), tuple("due", "KEYS_ONLY"), tuple("waiting", "INCLUDE"));
    }

    @Test
    void outputs_are_resolved() {
        assertThat(real(Map.of("ClusterName", "mine")).outputs())
                .containsEntry("TaskQueueUrl", "http://127.0.0.1:9324/000000000000/spillway-tasks")
                .containsEntry("ClusterName", "mine");
    }

    @Test
    void an_output_whose_condition_does_not_hold_is_not_there_and_not_resolved() {
        assertThat(read("""
                        Conditions:
                          Yes: !Equals [a, a]
                          No: !Equals [a, b]
                        Outputs:
                          Shown: {Condition: Yes, Value: shown}
                          Hidden: {Condition: No, Value: !Ref Nobody}
                        """).outputs()).containsOnlyKeys("Shown");
    }

    @Test
    void the_real_template_has_a_group_of_each_kind_whose_user_data_says_the_kind_and_the_cluster() {
        assertThat(real(Map.of("ClusterName", "mine", "SpotMaxSize", "7")).autoScalingGroups())
                .satisfiesExactly(
                        spot -> {
                            assertThat(spot.name()).isEqualTo("spillway-spot");
                            assertThat(spot.isSpot()).isTrue();
                            assertThat(spot.maxSize()).isEqualTo(7);
                            assertThat(spot.instanceTypes()).containsExactly("m5.large", "m5a.large", "m6i.large");
                            assertThat(spot.publishesMetrics()).isTrue();
                            assertThat(spot.warmUp()).contains(Duration.ofMinutes(3));
                            assertThat(spot.agent())
                                    .containsEntry("ECS_CLUSTER", "mine")
                                    .containsEntry("ECS_INSTANCE_ATTRIBUTES", "{\"spillway.capacity\":\"spot\"}")
                                    .containsEntry("ECS_ENABLE_SPOT_INSTANCE_DRAINING", "true");
                        },
                        onDemand -> {
                            assertThat(onDemand.name()).isEqualTo("spillway-on-demand");
                            assertThat(onDemand.isSpot()).isFalse();
                            assertThat(onDemand.cooldown()).isEqualTo(Duration.ofMinutes(10));
                            assertThat(onDemand.agent())
                                    .containsEntry("ECS_INSTANCE_ATTRIBUTES", "{\"spillway.capacity\":\"on-demand\"}");
                        });
    }

    @Test
    void the_real_template_holds_a_terminating_instance_of_each_group() {
        assertThat(real(Map.of()).lifecycleHooks())
                .extracting(
                        LifecycleHookResource::name,
                        LifecycleHookResource::groupName,
                        LifecycleHookResource::heartbeatTimeout,
                        LifecycleHookResource::continues)
                .containsExactly(
                        tuple("spillway-drain", "spillway-spot", Duration.ofMinutes(30), true),
                        tuple("spillway-drain", "spillway-on-demand", Duration.ofMinutes(30), true));
    }

    @Test
    void the_two_alarms_of_the_real_template_run_the_two_policies_of_the_Spot_group() {
        Template template = real(Map.of());
        List<String> policies = template.scalingPolicies().stream()
                .peek(policy ->
                        assertThat(policy.request().autoScalingGroupName()).isEqualTo("spillway-spot"))
                .map(ScalingPolicyResource::arn)
                .toList();

        assertThat(template.alarms())
                .filteredOn(alarm -> alarm.alarmName().contains("SchedulableContainers"))
                .flatExtracting(PutMetricAlarmRequest::alarmActions)
                .containsExactlyElementsOf(policies);
        assertThat(template.scalingPolicies())
                .extracting(
                        policy -> policy.request().stepAdjustments().getFirst().scalingAdjustment())
                .containsExactly(1, -1);
        // An average over the quarter of an hour would let more instances go than are too many at its end.
        assertThat(template.scalingPolicies())
                .extracting(policy -> policy.request().metricAggregationType())
                .containsExactly("Maximum", "Minimum");
    }

    @Test
    void the_other_alarms_of_the_real_template_tell_its_topic_and_tell_when_it_is_over() {
        Template template = real(Map.of());
        String topic = template.topics().getFirst().arn();

        assertThat(topic).isEqualTo("arn:aws:sns:us-east-1:000000000000:spillway-alarms");
        assertThat(template.alarms())
                .filteredOn(alarm -> !alarm.alarmName().contains("SchedulableContainers"))
                .hasSizeGreaterThan(10)
                .allSatisfy(alarm -> {
                    assertThat(alarm.alarmActions()).containsExactly(topic);
                    assertThat(alarm.okActions()).containsExactly(topic);
                });
    }

    @ParameterizedTest
    @CsvSource({"0, 'IF(w + p > 0, 1, 0)'", "1, 'IF(w + p > 0, 1, 1)'", "5, 'IF(w + p > 0, 5, 5)'"})
    void both_alarms_want_room_for_the_headroom_or_else_for_one_that_waits(String headroom, String wanted) {
        assertThat(real(Map.of("Headroom", headroom)).alarms())
                .filteredOn(alarm -> alarm.alarmName().contains("SchedulableContainers"))
                .hasSize(2)
                .allSatisfy(alarm -> assertThat(alarm.metrics())
                        .filteredOn(metric -> metric.id().equals("h"))
                        .extracting(MetricDataQuery::expression)
                        .containsExactly(wanted));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "!Ref Name | given",
                "{Ref: Name} | given",
                "!Sub '${Name}-${AWS::Region}' | given-us-east-1",
                "!Sub '${!Name}' | ${Name}",
                "!Sub ['${x}/${Name}', {x: !Ref AWS::AccountId}] | 000000000000/given",
                "{'Fn::Sub': '${Q.Arn}'} | arn:aws:sqs:us-east-1:000000000000:q",
                "!GetAtt Q.Arn | arn:aws:sqs:us-east-1:000000000000:q",
                "!GetAtt [Q, QueueName] | q",
                "{'Fn::GetAtt': [Q, Arn]} | arn:aws:sqs:us-east-1:000000000000:q",
                "!Ref Q | http://127.0.0.1:9324/000000000000/q",
                "!Join ['-', [a, !Ref Name, b]] | a-given-b",
                "!Join ['-', !Ref List] | x-y-z",
                "!Select [1, !Ref List] | y",
                "!Select [2, !Split ['/', 'p/q/r']] | r",
                "!If [Same, yes-value, no-value] | yes-value",
                "!If [Other, yes-value, no-value] | no-value",
                "!If [Both, both-value, not-both] | not-both",
                "!If [Either, either-value, neither] | either-value",
                "!Join ['', [a, !If [Other, b, !Ref AWS::NoValue], c]] | ac",
                "!Sub '${AWS::Partition}.${AWS::URLSuffix}.${AWS::StackName}' | aws.amazonaws.com.spillway"
            })
    void every_function_that_is_known_resolves(String expression, String expected) {
        assertThat(output(expression).outputs()).containsEntry("O", expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "!Ref Nam | Nam names no parameter",
                "!Sub '${Nam}' | Nam names no parameter",
                "!GetAtt Q.Ar | Q.Ar names no resource and attribute",
                "!GetAtt P.Arn | P.Arn names no resource and attribute",
                "!GetAtt Q | Q names no attribute",
                "!Cidr x | the function Fn::Cidr is not known",
                "{'Fn::ImportValue': x} | the function Fn::ImportValue is not known",
                "!If [Sam, a, b] | there is no condition Sam",
                "!If [Same, a] | Fn::If does not take 2 arguments",
                "!Select [3, !Ref List] | the list has 3 elements and none at 3",
                "!Ref List | a text is expected here",
                "!Ref AWS::Regio | AWS::Regio names no parameter",
                "!Ref Hidden | Hidden names no parameter"
            })
    void what_is_unknown_or_misspelt_is_an_error_with_its_line(String expression, String message) {
        Template template = output(expression);

        assertThatThrownBy(template::outputs)
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("template.yaml, line 24: ")
                .hasMessageContaining(message);
    }

    @Test
    void a_condition_that_depends_on_itself_is_an_error_at_the_condition() {
        Template template = output("!If [Loop, a, b]");

        assertThatThrownBy(template::outputs)
                .hasMessage("template.yaml, line 9: the condition Loop depends on itself.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Handlr: x | has no property Handlr",
                "SnapStart: {ApplyOn: PublishedVersions} | SnapStart without AutoPublishAlias does nothing",
                "SnapStart: {ApplyOn: Everything} | SnapStart applies on PublishedVersions or None",
                "SnapStart: {AplyOn: None} | has no property AplyOn",
                "Timeout: soon | F.Timeout is soon, which is no whole number",
                "Environment: {Variables: [a]} | is an object",
                "Environment: {Variables: {A: [a]}} | F.Environment.Variables.A is a plain value",
                "Events: {E: {Type: Kinesis, Properties: {}}} | has an event type that is not known here",
                "Events: {E: {Type: SQS, Properties: {Queue: q}}} | q is no queue of this template",
                "Events: {E: {Type: SQS, Properties: {Queue: q, BatchSiz: 1}}} | has no property BatchSiz"
            })
    void a_function_that_cannot_be_understood_is_an_error_with_its_line(String property, String message) {
        Template template = read("""
                Resources:
                  F:
                    Type: AWS::Serverless::Function
                    Properties:
                      Handler: a.B
                      %s
                """.formatted(property));

        assertThatThrownBy(template::functions)
                .isInstanceOf(TemplateException.class)
                .hasMessageMatching("template.yaml, line [56]: .*")
                .hasMessageContaining(message);
    }

    @Test
    void parameters_are_checked() {
        assertThatThrownBy(() -> real(Map.of("Subnet", "x"))).hasMessageContaining("no parameter Subnet; it has");
        assertThatThrownBy(() -> real(Map.of("AssignPublicIp", "YES")))
                .hasMessageContaining("AssignPublicIp is YES; allowed are ENABLED, DISABLED");
        assertThatThrownBy(() -> real(Map.of("BatchSize", "ten"))).hasMessageContaining("which is no number");
    }

    @Test
    void broken_yaml_and_doubled_keys_are_errors_with_their_line() {
        assertThatThrownBy(() -> read("Resources:\n  a: [1\n  b: 2\n")).hasMessageContaining("this is not YAML");
        assertThatThrownBy(() -> read("Resources: {}\nResources: {}\n"))
                .hasMessage("template.yaml, line 2: Resources comes twice.");
        assertThatThrownBy(() -> read("")).hasMessageContaining("the file is empty");
    }

    private static Template output(String expression) {
        return read("""
                Parameters:
                  Name: {Type: String, Default: given}
                  List: {Type: CommaDelimitedList, Default: "x, y,z"}
                Conditions:
                  Same: !Equals [!Ref Name, given]
                  Other: !Not [!Condition Same]
                  Both: !And [!Condition Same, {Condition: Other}]
                  Either: !Or [!Condition Same, !Condition Other]
                  Loop: !Not [!Condition Loop]
                Resources:
                  Q:
                    Type: AWS::SQS::Queue
                    Properties:
                      QueueName: q
                  Hidden:
                    Type: AWS::SQS::Queue
                    Condition: Other




                Outputs:
                  O:
                    Value: %s
                """.formatted(expression));
    }

    private static Template read(String text) {
        return Template.read(new StringReader(text), deployment(Map.of()), VALUES);
    }

    private static Template real(Map<String, String> parameters) {
        return Templates.with(parameters, VALUES);
    }

    private static Deployment deployment(Map<String, String> parameters) {
        return new Deployment("spillway", "us-east-1", "000000000000", parameters);
    }

    private static FunctionResource function(Template template, String logicalId) {
        return template.functions().stream()
                .filter(function -> function.logicalId().equals(logicalId))
                .findFirst()
                .orElseThrow();
    }
}
