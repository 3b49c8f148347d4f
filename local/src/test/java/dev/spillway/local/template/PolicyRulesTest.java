package dev.spillway.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spillway.common.function.NameList;
import java.io.StringReader;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds every policy of the real template to {@link PolicyRules}, and each rule to what it is there for. */
class PolicyRulesTest {

    static Stream<Template> allSides() {
        return Templates.allSides();
    }

    @ParameterizedTest
    @MethodSource("allSides")
    void no_policy_allows_more_than_its_owner_needs(Template template) {
        assertThat(PolicyRules.violations(template)).isEmpty();
        // That many were looked at; a policy that nobody finds breaks no rule.
        assertThat(PolicyRules.statements(template)).isGreaterThan(30);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Action: '*', Resource: a | it allows the action *",
                "Action: 'ecs:*', Resource: a | it allows the action ecs:*",
                "Action: ['ecs:RunTask', 'ecs:Stop*'], Resource: a | it allows the action ecs:Stop*",
                "NotAction: 'iam:*', Resource: a | it allows all but what NotAction names",
                "Action: 'ecs:RunTask', NotResource: a | it allows all but what NotResource names",
                "Action: 'ecs:RunTask', Resource: '*' | it allows ecs:RunTask on every resource",
                "Action: ['ecs:DescribeTaskDefinition', 'ecs:RunTask'], Resource: ['*'] | on every resource",
                "Action: 'sqs:SendMessage', Resource: a, Principal: '*' | it allows everybody",
                "Action: 'sqs:SendMessage', Resource: a, Principal: {AWS: ['*']} | it allows everybody",
                "Action: 'ecs:RunTask', Resource: 'arn:aws:ecs:us-east-1:*:task-definition/a:*' | what any account has",
                "Action: 'iam:PassRole', Resource: a | it passes roles to every service",
                "Action: ['ecs:ListTasks', 'ecs:ListContainerInstances'], Resource: '*', Condition: {ArnEquals: {'ecs:cluster': c}}"
                        + " | ecs:ListContainerInstances does not know ecs:cluster",
                "Action: 'iam:PassRole', Resource: 'arn:aws:iam::1:role/*', Condition: {StringEquals: {'iam:PassedToService': x}}"
                        + " | it passes more than named roles"
            })
    void a_statement_is_found_that_breaks_a_rule(String statement, String violation) {
        assertThat(PolicyRules.violations(policy("[{Effect: Allow, %s}]".formatted(statement))))
                .hasSize(1)
                .allMatch(sentence -> sentence.startsWith("F: ") && sentence.contains(violation));
        assertThat(PolicyRules.violations(policy("[{Effect: Deny, %s}]".formatted(statement))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Action: 'ecs:RunTask', Resource: 'arn:aws:ecs:*'",
                "Action: 'ecs:DescribeTaskDefinition', Resource: '*'",
                "Action: 'ecs:ListTasks', Resource: '*', Condition: {ArnEquals: {'ecs:cluster': c}}",
                "Action: 'iam:PassRole', Resource: a, Condition: {StringEquals: {'iam:PassedToService': x}}"
            })
    void a_statement_is_left_alone_that_breaks_none(String statement) {
        assertThat(PolicyRules.violations(policy("[{Effect: Allow, %s}]".formatted(statement))))
                .isEmpty();
    }

    @Test
    void the_driver_may_run_what_a_message_may_name_and_nothing_else() {
        Template template = Templates.with(Map.of("TaskDefinitions", "jobs-*,report", "Functions", "small-*,mail"));
        JsonNode driver = Objects.requireNonNull(template.resolved().get("DriverFunction"))
                .properties();

        assertThat(resources(driver, "Launch"))
                .containsExactly("arn:*:ecs:*:*:task-definition/jobs-*:*", "arn:*:ecs:*:*:task-definition/report:*");
        assertThat(resources(driver, "InvokeFunctions"))
                .containsExactly("arn:*:lambda:*:*:function:small-*", "arn:*:lambda:*:*:function:mail");
        assertThat(resources(driver, "InvokeVersionsAndAliases"))
                .containsExactly("arn:*:lambda:*:*:function:small-*:*", "arn:*:lambda:*:*:function:mail:*");
    }

    /** With the stack's name and the parameter's default, spillway-*, all of them would be functions that a message may name. */
    @Test
    void no_message_reaches_a_function_of_spillway_itself() {
        Template template = Templates.with(Map.of());
        JsonNode driver = Objects.requireNonNull(template.resolved().get("DriverFunction"))
                .properties();
        NameList denied = new NameList(resources(driver, "ButNoneOfSpillwaysOwn"));

        assertThat(template.functions())
                .hasSizeGreaterThan(5)
                // CloudFormation shortens the stack's name if the whole would be longer than 64 characters.
                .allSatisfy(function -> assertThat(List.of("spillway", "spillway-of-a-very-lon"))
                        .allMatch(
                                stack -> denied.includes("arn:aws:lambda:us-east-1:%s:function:%s-%s-1A2B3C4D5E6F:live"
                                        .formatted(Templates.ACCOUNT, stack, function.logicalId()))));
        assertThat(denied.includes(
                        "arn:aws:lambda:us-east-1:%s:function:spillway-thumbnail".formatted(Templates.ACCOUNT)))
                .isFalse();
    }

    private static List<String> resources(JsonNode function, String sid) {
        return StreamSupport.stream(function.at("/Policies/0/Statement").spliterator(), false)
                .filter(statement -> statement.path("Sid").asText().equals(sid))
                .flatMap(statement ->
                        StreamSupport.stream(statement.path("Resource").spliterator(), false))
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void a_policy_is_found_whose_statements_stand_elsewhere() {
        assertThat(PolicyRules.violations(function("Policies: [AdministratorAccess]")))
                .singleElement()
                .asString()
                .contains("it has a policy that shows no statement");
        assertThat(PolicyRules.violations(
                        function("ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess']")))
                .singleElement()
                .asString()
                .contains("it has the managed policy arn:aws:iam::aws:policy/AdministratorAccess");
    }

    @Test
    void only_a_key_is_its_accounts_own() {
        String statement =
                "{Statement: [{Effect: Allow, Action: 'kms:*', Resource: '*', Principal: {AWS: 'arn:aws:iam::%s:root'}}]}"
                        .formatted(Templates.ACCOUNT);

        assertThat(PolicyRules.violations(read("AWS::KMS::Key", "KeyPolicy: " + statement)))
                .isEmpty();
        assertThat(PolicyRules.violations(read("AWS::SQS::QueuePolicy", "PolicyDocument: " + statement)))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{Queues: [a, b], PolicyDocument: {Statement: [{Effect: Deny, Resource: c}]}}",
                "{Queues: [a], PolicyDocument: {Statement: [{Effect: Deny, Resource: [c, d]}]}}",
                "{Queues: [a], PolicyDocument: {Statement: [{Effect: Deny, Resource: c}, {Effect: Deny, Resource: d}]}}"
            })
    void a_policy_of_several_queues_is_found(String policy) {
        assertThat(PolicyRules.violations(read("AWS::SQS::QueuePolicy", policy)))
                .singleElement()
                .asString()
                .contains("it is the policy of several queues");
    }

    private static Template policy(String statements) {
        return function("Policies: [{Statement: %s}]".formatted(statements));
    }

    private static Template function(String property) {
        return read("AWS::Serverless::Function", property);
    }

    private static Template read(String type, String property) {
        return Template.read(
                new StringReader("""
                        Resources:
                          F:
                            Type: %s
                            Properties:
                              %s
                        """.formatted(type, property)),
                Templates.deployment(Map.of()),
                new LocalResourceValues("us-east-1", Templates.ACCOUNT, URI.create("http://127.0.0.1:9324")));
    }
}
