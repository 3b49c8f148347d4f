package dev.spillway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/**
 * template.yaml with its functions, queues and tables resolved for one deployment. Sections and resource types that
 * the local system does not start are not looked at.
 */
public final class Template {

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
    private final Map<String, Node> conditions;
    private final Map<String, Value> parameters;
    private final Deployment deployment;
    private final ResourceValues values;
    private final Intrinsics intrinsics = new Intrinsics(new Names());
    private final Set<String> beingResolved = new HashSet<>();

    private Template(Node document, Deployment deployment, ResourceValues values) {
        root = Yaml.entries(document);
        resources = Yaml.entriesOrNone(root.get("Resources"));
        conditions = Yaml.entriesOrNone(root.get("Conditions"));
        parameters = Parameters.read(Yaml.entriesOrNone(root.get("Parameters")), deployment.parameters());
        this.deployment = deployment;
        this.values = values;
    }

    /**
     * Reads a template file.
     *
     * @throws TemplateException if it is not YAML or if a parameter has no allowed value
     */
    public static Template read(Path file, Deployment deployment, ResourceValues values) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(reader, deployment, values);
        } catch (IOException e) {
            throw new UncheckedIOException("The template %s cannot be read.".formatted(file), e);
        }
    }

    /** Reads a template from text. */
    static Template read(Reader text, Deployment deployment, ResourceValues values) {
        Template template = new Template(Yaml.read(text), deployment, values);
        template.checkRules();
        return template;
    }

    /** What CloudFormation asks before it creates anything (AWS CloudFormation user guide, "Rules"). */
    private void checkRules() {
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

    /** The functions, in the order of the template. */
    public List<FunctionResource> functions() {
        FunctionReader reader = new FunctionReader(this::queueByArn);
        return all("AWS::Serverless::Function", reader::read);
    }

    /** The queues, in the order of the template. */
    public List<QueueResource> queues() {
        return all("AWS::SQS::Queue", (resource, properties) -> QueueReader.read(resource, arn(resource), properties));
    }

    /** The topics, in the order of the template. */
    public List<TopicResource> topics() {
        return all("AWS::SNS::Topic", (resource, properties) -> TopicReader.read(resource, arn(resource), properties));
    }

    /** The tables, in the order of the template. */
    public List<TableResource> tables() {
        return all("AWS::DynamoDB::Table", TableReader::read);
    }

    /** The clusters, in the order of the template. */
    public List<ClusterResource> clusters() {
        List<ClusterReader.Association> associations =
                all("AWS::ECS::ClusterCapacityProviderAssociations", ClusterReader::association);
        return all(
                "AWS::ECS::Cluster", (resource, properties) -> ClusterReader.read(resource, properties, associations));
    }

    /** The capacity providers, in the order of the template. */
    public List<CapacityProviderResource> capacityProviders() {
        return all("AWS::ECS::CapacityProvider", CapacityProviderReader::read);
    }

    /** The Auto Scaling groups, in the order of the template. */
    public List<AutoScalingGroupResource> autoScalingGroups() {
        List<LaunchTemplateResource> launchTemplates = all("AWS::EC2::LaunchTemplate", LaunchTemplateReader::read);
        AutoScalingGroupReader reader = new AutoScalingGroupReader(name -> launchTemplates.stream()
                .filter(template -> template.name().equals(name))
                .findFirst());
        return all("AWS::AutoScaling::AutoScalingGroup", reader::read);
    }

    /** The lifecycle hooks, in the order of the template. */
    public List<LifecycleHookResource> lifecycleHooks() {
        return all("AWS::AutoScaling::LifecycleHook", LifecycleHookReader::read);
    }

    /** The scaling policies, in the order of the template. */
    public List<ScalingPolicyResource> scalingPolicies() {
        return all(
                "AWS::AutoScaling::ScalingPolicy",
                (resource, properties) -> ScalingPolicyReader.read(resource, arn(resource), properties));
    }

    /** The alarms, in the order of the template, as CloudFormation sends them. */
    public List<PutMetricAlarmRequest> alarms() {
        return all("AWS::CloudWatch::Alarm", AlarmReader::read);
    }

    /**
     * The dashboards, in the order of the template.
     *
     * @throws TemplateException if one has something that the local system does not know; it names the widget and the field
     */
    public List<DashboardResource> dashboards() {
        DashboardReader reader = new DashboardReader(deployment.region());
        return all("AWS::CloudWatch::Dashboard", reader::read);
    }

    /** The outputs, by name; without those whose condition does not hold. */
    public Map<String, String> outputs() {
        Map<String, String> outputs = new LinkedHashMap<>();
        Yaml.entriesOrNone(root.get("Outputs")).forEach((name, output) -> {
            if (!isCreated(output)) {
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
    Map<String, Resolved> resolved() {
        Map<String, Resolved> resolved = new LinkedHashMap<>();
        resources.forEach((logicalId, node) -> {
            if (isCreated(node)) {
                String type = typeOf(node);
                resolved.put(
                        logicalId,
                        new Resolved(type, properties(logicalId, type).json()));
            }
        });
        return resolved;
    }

    /** Every condition, by name, and whether it holds. */
    Map<String, Boolean> conditions() {
        Map<String, Boolean> holding = new LinkedHashMap<>();
        conditions.forEach((name, node) -> holding.put(name, holds(name, Yaml.line(node))));
        return holding;
    }

    /** A resource as CloudFormation would send it to its service. */
    record Resolved(String type, JsonNode properties) {}

    private <T> List<T> all(String type, BiFunction<Resource, Properties, T> reader) {
        return resources.entrySet().stream()
                .filter(entry -> type.equals(typeOf(entry.getValue())) && isCreated(entry.getValue()))
                .map(entry ->
                        reader.apply(resource(entry.getKey(), entry.getValue()), properties(entry.getKey(), type)))
                .toList();
    }

    private Properties properties(String logicalId, String type) {
        Node node = Yaml.entries(required(logicalId)).get("Properties");
        Value own =
                node == null ? new Value.Fields(Map.of(), Yaml.line(required(logicalId))) : intrinsics.resolve(node);
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

    private static String typeOf(Node resource) {
        Node type = Yaml.entries(resource).get("Type");
        if (type == null) {
            throw new TemplateException(Yaml.line(resource), "a resource needs a Type.");
        }
        return Yaml.text(type);
    }

    private boolean isCreated(Node resourceOrOutput) {
        Node condition = Yaml.entries(resourceOrOutput).get("Condition");
        return condition == null || holds(Yaml.text(condition), Yaml.line(condition));
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

    private String arn(Resource resource) {
        return values.attribute(resource, "Arn").orElseThrow();
    }

    private String queueByArn(String arn, int line) {
        return resources.entrySet().stream()
                .filter(entry -> typeOf(entry.getValue()).equals("AWS::SQS::Queue") && isCreated(entry.getValue()))
                .map(entry -> resource(entry.getKey(), entry.getValue()))
                .filter(queue -> arn(queue).equals(arn))
                .map(Resource::logicalId)
                .findFirst()
                .orElseThrow(() -> new TemplateException(line, "%s is no queue of this template.".formatted(arn)));
    }

    private boolean holds(String condition, int line) {
        Node node = conditions.get(condition);
        if (node == null) {
            throw new TemplateException(line, "there is no condition %s.".formatted(condition));
        }
        if (!beingResolved.add(condition)) {
            throw new TemplateException(line, "the condition %s depends on itself.".formatted(condition));
        }
        try {
            return intrinsics.holds(node);
        } finally {
            beingResolved.remove(condition);
        }
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
            return holds(name, line);
        }

        private Optional<Resource> created(String logicalId) {
            return Optional.ofNullable(resources.get(logicalId))
                    .filter(Template.this::isCreated)
                    .map(node -> resource(logicalId, node));
        }
    }
}
