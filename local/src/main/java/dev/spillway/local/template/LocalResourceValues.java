package dev.spillway.local.template;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The values that resources have on one machine: ARNs of the real form, queue URLs of the embedded SQS. The return
 * values of each type are listed in the AWS CloudFormation template reference.
 *
 * @param region the Region of ARNs
 * @param accountId the account of ARNs and queue URLs, 12 digits
 * @param sqs the endpoint of the embedded SQS, without a path
 */
public record LocalResourceValues(String region, String accountId, URI sqs) implements ResourceValues {

    /** A real stream's ARN ends with the instant of its creation. */
    private static final String STREAM = "/stream/2026-01-01T00:00:00.000";

    @Override
    public Optional<String> ref(Resource resource) {
        return switch (resource.type()) {
            case "AWS::SQS::Queue" -> Optional.of("%s/%s/%s".formatted(sqs, accountId, resource.name()));
            case "AWS::DynamoDB::Table",
                    "AWS::ECS::Cluster",
                    "AWS::ECS::CapacityProvider",
                    "AWS::Serverless::Function",
                    "AWS::AutoScaling::AutoScalingGroup",
                    "AWS::EC2::LaunchTemplate",
                    "AWS::Logs::LogGroup",
                    "AWS::CloudWatch::Dashboard",
                    "AWS::KMS::Key" -> Optional.of(resource.name());
            case "AWS::AutoScaling::ScalingPolicy", "AWS::SNS::Topic", "AWS::IAM::ManagedPolicy" -> arn(resource);
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> attribute(Resource resource, String attribute) {
        return switch (attribute) {
            case "Arn" -> arn(resource);
            case "StreamArn" ->
                resource.type().equals("AWS::DynamoDB::Table")
                        ? arn(resource).map(arn -> arn + STREAM)
                        : Optional.empty();
            case "LatestVersionNumber" ->
                resource.type().equals("AWS::EC2::LaunchTemplate") ? Optional.of("1") : Optional.empty();
            case "VersionNumber" ->
                resource.type().equals("AWS::AppConfig::HostedConfigurationVersion")
                        ? Optional.of("1")
                        : Optional.empty();
            case "QueueName" ->
                resource.type().equals("AWS::SQS::Queue") ? Optional.of(resource.name()) : Optional.empty();
            case "RepositoryUri" ->
                resource.type().equals("AWS::ECR::Repository")
                        ? Optional.of("%s.dkr.ecr.%s.amazonaws.com/%s"
                                .formatted(accountId, region, resource.name().toLowerCase(Locale.ROOT)))
                        : Optional.empty();
            case "GraphQLUrl" ->
                resource.type().equals("AWS::AppSync::GraphQLApi")
                        ? Optional.of("https://%s.appsync-api.%s.amazonaws.com/graphql"
                                .formatted(resource.logicalId().toLowerCase(Locale.ROOT), region))
                        : Optional.empty();
            case "QueueUrl" -> resource.type().equals("AWS::SQS::Queue") ? ref(resource) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<String> arn(Resource resource) {
        return switch (resource.type()) {
            case "AWS::SQS::Queue" -> Optional.of(arn("sqs", resource.name()));
            case "AWS::SNS::Topic" -> Optional.of(arn("sns", resource.name()));
            case "AWS::DynamoDB::Table" -> Optional.of(arn("dynamodb", "table/" + resource.name()));
            case "AWS::ECS::Cluster" -> Optional.of(arn("ecs", "cluster/" + resource.name()));
            case "AWS::Serverless::Function" -> Optional.of(arn("lambda", "function:" + resource.name()));
            case "AWS::AutoScaling::ScalingPolicy" ->
                Optional.of(arn("autoscaling", "scalingPolicy:local:policyName/" + resource.name()));
            case "AWS::IAM::Role" -> Optional.of("arn:aws:iam::%s:role/%s".formatted(accountId, resource.name()));
            case "AWS::IAM::ManagedPolicy" ->
                Optional.of("arn:aws:iam::%s:policy/%s".formatted(accountId, resource.name()));
            case "AWS::IAM::InstanceProfile" ->
                Optional.of("arn:aws:iam::%s:instance-profile/%s".formatted(accountId, resource.name()));
            default -> Optional.empty();
        };
    }

    private String arn(String service, String rest) {
        return "arn:aws:%s:%s:%s:%s".formatted(service, region, accountId, rest);
    }
}
