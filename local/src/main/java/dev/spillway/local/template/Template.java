package dev.spillway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/**
 * template.yaml with its functions, queues and tables resolved for one deployment. Sections and resource types that
 * the local system does not start are not looked at.
 */
public final class Template {

    private final TemplateDocument document;
    private final String region;

    private Template(TemplateDocument document, String region) {
        this.document = document;
        this.region = region;
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
        TemplateDocument document = new TemplateDocument(Yaml.read(text), deployment, values);
        document.checkRules();
        return new Template(document, deployment.region());
    }

    /** The functions, in the order of the template. */
    public List<FunctionResource> functions() {
        FunctionReader reader = new FunctionReader(this::queueByArn);
        return all("AWS::Serverless::Function", reader::read);
    }

    /** The queues, in the order of the template. */
    public List<QueueResource> queues() {
        return all(
                "AWS::SQS::Queue",
                (resource, properties) -> QueueReader.read(resource, document.arn(resource), properties));
    }

    /** The topics, in the order of the template. */
    public List<TopicResource> topics() {
        return all(
                "AWS::SNS::Topic",
                (resource, properties) -> TopicReader.read(resource, document.arn(resource), properties));
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
                (resource, properties) -> ScalingPolicyReader.read(resource, document.arn(resource), properties));
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
        DashboardReader reader = new DashboardReader(region);
        return all("AWS::CloudWatch::Dashboard", reader::read);
    }

    /** The outputs, by name; without those whose condition does not hold. */
    public Map<String, String> outputs() {
        return document.outputs();
    }

    /** Every resource that is created, by logical id, with all of its properties resolved. */
    Map<String, Resolved> resolved() {
        return document.resolved();
    }

    /** Every condition, by name, and whether it holds. */
    Map<String, Boolean> conditions() {
        return document.conditions();
    }

    /** A resource as CloudFormation would send it to its service. */
    record Resolved(String type, JsonNode properties) {}

    private <T> List<T> all(String type, BiFunction<Resource, Properties, T> reader) {
        return document.created(type)
                .map(resource -> reader.apply(resource, document.properties(resource.logicalId(), type)))
                .toList();
    }

    private String queueByArn(String arn, int line) {
        return document.created("AWS::SQS::Queue")
                .filter(queue -> document.arn(queue).equals(arn))
                .map(Resource::logicalId)
                .findFirst()
                .orElseThrow(() -> new TemplateException(line, "%s is no queue of this template.".formatted(arn)));
    }
}
