package dev.spillway.local.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** The document of a template, with names, conditions and functions resolved for one deployment. */
final class TemplateDocument {

    private static final Map<String, String> NAME_PROPERTIES = Map.ofEntries(
            Map.entry("AWS::SQS::Queue", "QueueName"),
            Map.entry("AWS::SNS::Topic", "TopicName"),
            Map.entry("AWS::DynamoDB::Table", "TableName"),
            Map.entry("AWS::Serverless::Function", "FunctionName"),
            Map.entry("AWS::ECS::Cluster", "ClusterName"),
            Map.entry("AWS::ECS::CapacityProvider", "Name"),
            Map.entry("AWS::Logs::LogGroup", "LogGroupName"),
            Map.entry("AWS::AutoScaling::AutoScalingGroup", "AutoScalingGroupName"),
            Map.entry("AWS::AutoScaling::LifecycleHook", "LifecycleHookName"),
            Map.entry("AWS::EC2::LaunchTemplate", "LaunchTemplateName"),
            Map.entry("AWS::CloudWatch::Alarm", "AlarmName"),
            Map.entry("AWS::CloudWatch::Dashboard", "DashboardName"),
            Map.entry("AWS::AppSync::GraphQLApi", "Name"),
            Map.entry("AWS::AppSync::DataSource", "Name"),
            Map.entry("AWS::AppSync::FunctionConfiguration", "Name"));

    private final Map<String, Node> root;
    private final Map<String, Node> resources;
    private final Map<String, Value> parameters;
    private final Deployment deployment;
    private final ResourceValues values;
    private final Intrinsics intrinsics = new Intrinsics(new Names());
    private final Conditions conditions;

    TemplateDocument(Node document, Deployment deployment, ResourceValues values) {
        root = Yaml.entries(document);
        resources = Yaml.entriesOrNone(root.get("Resources"));
        conditions = new Conditions(Yaml.entriesOrNone(root.get("Conditions")), intrinsics::holds);
        parameters = Parameters.read(Yaml.entriesOrNone(root.get("Parameters")), deployment.parameters());
        this.deployment = deployment;
        this.values = values;
    }

    /** What CloudFormation asks before it creates anything (AWS CloudFormation user guide, "Rules"). */
    void checkRules() {
        Yaml.entriesOrNone(root.get("Rules")).values().forEach(rule -> {
            Node condition = Yaml.entries(rule).get("RuleCondition");
            if (condition == null || intrinsics.holds(condition)) {
                Yaml.items(Yaml.required(rule, "Assertions")).forEach(this::checkAssertion);
            }
        });
    }

    private void checkAssertion(Node assertion) {
        if (!intrinsics.holds(Yaml.required(assertion, "Assert"))) {
            throw new TemplateException(Yaml.line(assertion), Yaml.text(Yaml.required(assertion, "AssertDescription")));
        }
    }

    /** The resources of one type that are created, in the order of the template. */
    Stream<Resource> created(String type) {
        return resources.entrySet().stream()
                .filter(entry -> type.equals(typeOf(entry.getValue())) && conditions.isCreated(entry.getValue()))
                .map(entry -> resource(entry.getKey(), entry.getValue()));
    }

    /** The properties of a resource, a function's with those that {@code Globals} gives to all. */
    Properties properties(String logicalId, String type) {
        Node resource = required(logicalId);
        Node node = Yaml.entries(resource).get("Properties");
        Value own = node == null ? new Value.Fields(Map.of(), Yaml.line(resource)) : intrinsics.resolve(node);
        Node global = Yaml.entriesOrNone(root.get("Globals")).get("Function");
        if (global == null || !type.equals("AWS::Serverless::Function")) {
            return new Properties(logicalId, own);
        }
        return new Properties(logicalId, FunctionReader.merge(intrinsics.resolve(global), own));
    }

    private Node required(String logicalId) {
        Node node = resources.get(logicalId);
        if (node == null) {
            throw new TemplateException("The template has no resource %s.".formatted(logicalId));
        }
        return node;
    }

    /** The ARN of a resource that has one here. */
    String arn(Resource resource) {
        return values.attribute(resource, "Arn").orElseThrow();
    }

    /** The outputs, by name; without those whose condition does not hold. */
    Map<String, String> outputs() {
        Map<String, String> outputs = new LinkedHashMap<>();
        Yaml.entriesOrNone(root.get("Outputs")).forEach((name, output) -> {
            if (!conditions.isCreated(output)) {
                return;
            }
            Node value = Yaml.entries(output).get("Value");
            if (value == null) {
                throw new TemplateException(Yaml.line(output), "the output %s needs a Value.".formatted(name));
            }
            outputs.put(name, intrinsics.text(value));
        });
        return outputs;
    }

    /** Every resource that is created, by logical id, with all of its properties resolved. */
    Map<String, Template.Resolved> resolved() {
        Map<String, Template.Resolved> resolved = new LinkedHashMap<>();
        resources.forEach((logicalId, node) -> {
            if (conditions.isCreated(node)) {
                String type = typeOf(node);
                resolved.put(
                        logicalId,
                        new Template.Resolved(type, properties(logicalId, type).json()));
            }
        });
        return resolved;
    }

    /** Every condition, by name, and whether it holds. */
    Map<String, Boolean> conditions() {
        return conditions.all();
    }

    private static String typeOf(Node resource) {
        Node type = Yaml.entries(resource).get("Type");
        if (type == null) {
            throw new TemplateException(Yaml.line(resource), "a resource needs a Type.");
        }
        return Yaml.text(type);
    }

    private Resource resource(String logicalId, Node node) {
        String type = typeOf(node);
        @Nullable Node name = nameNode(node, type);
        String given = name == null ? deployment.stackName() + "-" + logicalId : intrinsics.text(name);
        return new Resource(logicalId, type, given);
    }

    private static @Nullable Node nameNode(Node resource, String type) {
        String property = NAME_PROPERTIES.get(type);
        return property == null
                ? null
                : Yaml.entriesOrNone(Yaml.entries(resource).get("Properties")).get(property);
    }

    /** What names in this template stand for. */
    private final class Names implements References {

        @Override
        public Optional<Value> ref(String name, int line) {
            Value parameter = parameters.get(name);
            if (parameter != null) {
                return Optional.of(parameter);
            }
            return deployment
                    .pseudoParameter(name)
                    .or(() -> created(name).flatMap(values::ref))
                    .map(text -> new Value.Text(text, Value.Kind.STRING, line));
        }

        @Override
        public Optional<String> attribute(String resource, String attribute) {
            return created(resource).flatMap(found -> values.attribute(found, attribute));
        }

        @Override
        public boolean condition(String name, int line) {
            return conditions.holds(name, line);
        }

        private Optional<Resource> created(String logicalId) {
            return Optional.ofNullable(resources.get(logicalId))
                    .filter(conditions::isCreated)
                    .map(node -> resource(logicalId, node));
        }
    }
}
