package dev.spillway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a policy may not say. Every statement counts, wherever it stands: in a function, a role, or beside a queue, topic
 * or key. A statement that denies is not looked at.
 */
final class PolicyRules {

    /** Those that know no resource but * (Service Authorization Reference, the table of actions of each service). */
    private static final Set<String> KNOW_NO_RESOURCE = Set.of(
            "ecs:DescribeTaskDefinition",
            "autoscaling:DescribeAutoScalingGroups",
            "autoscaling:DescribeLifecycleHooks",
            "autoscaling:DescribeScalingActivities",
            "cloudwatch:GetMetricData",
            "ecr:GetAuthorizationToken");

    /** Conditions that stand in for a resource. */
    private static final Set<String> HOLD_TO_ONE = Set.of("ecs:cluster", "cloudwatch:namespace");

    /**
     * The actions of ECS whose requests carry {@code ecs:cluster} (Service Authorization Reference, ECS, the condition keys of
     * each action). On any other a condition on it never holds, and the statement allows nothing.
     */
    private static final Set<String> KNOW_THEIR_CLUSTER = Set.of(
            "ecs:RunTask",
            "ecs:StopTask",
            "ecs:DescribeTasks",
            "ecs:ListTasks",
            "ecs:DescribeContainerInstances",
            "ecs:UpdateContainerInstancesState",
            "ecs:PutAttributes",
            "ecs:DescribeServices");

    /** Families of actions that belong together: the two calls that make a data key. */
    private static final Set<String> FAMILIES = Set.of("kms:GenerateDataKey*");

    /** Policies of AWS for what AWS's own agents on an instance do. */
    private static final Set<String> MANAGED = Set.of(
            "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role",
            "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore");

    private final String owner;
    private final boolean isKey;
    private final List<String> violations = new ArrayList<>();

    private PolicyRules(String owner, boolean isKey) {
        this.owner = owner;
        this.isKey = isKey;
    }

    /** What the policies of a template say that they may not, one sentence each. */
    static List<String> violations(Template template) {
        return template.resolved().entrySet().stream()
                .flatMap(resource -> {
                    Template.Resolved resolved = resource.getValue();
                    PolicyRules rules =
                            new PolicyRules(resource.getKey(), resolved.type().equals("AWS::KMS::Key"));
                    rules.lookAt(resolved.properties());
                    if (resolved.type().equals("AWS::SQS::QueuePolicy")) {
                        rules.queuePolicy(resolved.properties());
                    }
                    return rules.violations.stream();
                })
                .toList();
    }

    /** How many statements a template has. */
    static long statements(Template template) {
        return template.resolved().values().stream()
                .flatMap(resource -> resource.properties().findValues("Statement").stream())
                .mapToLong(JsonNode::size)
                .sum();
    }

    private void lookAt(JsonNode node) {
        node.path("Statement").forEach(this::statement);
        texts(node.path("ManagedPolicyArns"))
                .filter(arn -> !MANAGED.contains(arn))
                .forEach(arn -> violation("it has the managed policy " + arn, node));
        // SAM takes names of managed policies and of its own policy templates here; who reads them sees no action.
        node.path("Policies").forEach(policy -> {
            if (policy.findValue("Statement") == null) {
                violation("it has a policy that shows no statement", policy);
            }
        });
        node.forEach(this::lookAt);
    }

    private void statement(JsonNode statement) {
        if (!statement.path("Effect").asText().equals("Allow") || isTheAccountsOwn(statement)) {
            return;
        }
        Stream.of("NotAction", "NotResource", "NotPrincipal")
                .filter(statement::has)
                .forEach(field -> violation("it allows all but what " + field + " names", statement));
        if (texts(statement.path("Principal")).anyMatch("*"::equals)) {
            violation("it allows everybody", statement);
        }
        List<String> actions = texts(statement.path("Action")).toList();
        actions.stream()
                .filter(action -> action.contains("*") && !FAMILIES.contains(action))
                .forEach(action -> violation("it allows the action " + action, statement));
        boolean anyResource = texts(statement.path("Resource")).anyMatch("*"::equals);
        // In the policy of a key, * is the key.
        if (anyResource && !isKey && !KNOW_NO_RESOURCE.containsAll(actions) && !isHeldToOne(statement)) {
            violation("it allows " + String.join(", ", actions) + " on every resource", statement);
        }
        if (texts(statement.path("Resource")).anyMatch(PolicyRules::isOfAnyAccount)
                && statement.path("Condition").findValue("aws:ResourceAccount") == null) {
            violation("it allows what any account has", statement);
        }
        if (actions.contains("iam:PassRole")) {
            passRole(statement);
        }
        if (statement.path("Condition").findValue("ecs:cluster") != null) {
            actions.stream()
                    .filter(action -> !KNOW_THEIR_CLUSTER.contains(action))
                    .forEach(action ->
                            violation(action + " does not know ecs:cluster, so it is never allowed", statement));
        }
    }

    /** The fifth part of an ARN is the account. */
    private static boolean isOfAnyAccount(String arn) {
        String[] parts = arn.split(":", 6);
        return parts.length == 6 && parts[4].contains("*");
    }

    private void passRole(JsonNode statement) {
        if (texts(statement.path("Resource")).anyMatch(resource -> resource.contains("*"))) {
            violation("it passes more than named roles", statement);
        }
        if (statement.path("Condition").findValue("iam:PassedToService") == null) {
            violation("it passes roles to every service", statement);
        }
    }

    /** A policy covers a single queue (SQS developer guide, "Special Information for SQS Policies"); SQS refuses any other. */
    private void queuePolicy(JsonNode policy) {
        boolean namesSeveral = policy.findValues("Resource").stream()
                        .flatMap(PolicyRules::texts)
                        .distinct()
                        .count()
                > 1;
        if (policy.path("Queues").size() > 1 || namesSeveral) {
            violation("it is the policy of several queues", policy);
        }
    }

    /** Without it nobody could change the key again (KMS developer guide, "Default key policy"). */
    private boolean isTheAccountsOwn(JsonNode statement) {
        return isKey
                && statement.at("/Principal/AWS").asText().equals("arn:aws:iam::%s:root".formatted(Templates.ACCOUNT));
    }

    private static boolean isHeldToOne(JsonNode statement) {
        JsonNode condition = statement.path("Condition");
        return HOLD_TO_ONE.stream().anyMatch(key -> condition.findValue(key) != null);
    }

    private void violation(String sentence, JsonNode where) {
        violations.add("%s: %s: %s".formatted(owner, sentence, where));
    }

    /** The texts of a plain value, a list, or the lists of an object. */
    private static Stream<String> texts(JsonNode node) {
        return node.isContainerNode()
                ? StreamSupport.stream(node.spliterator(), false).flatMap(PolicyRules::texts)
                : Stream.of(node.asText()).filter(text -> !text.isEmpty());
    }
}
