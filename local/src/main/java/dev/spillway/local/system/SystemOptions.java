package dev.spillway.local.system;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a person can choose of the local system.
 *
 * @param instances container instances of the cluster; 0 leaves Fargate and Lambda only
 * @param instanceType EC2 instance type of all of them
 * @param interruptions how many Spot Instances EC2 takes back while tasks run on them
 * @param sqsPort loopback port of SQS; 0 for any free one
 * @param dynamoDbPort loopback port of DynamoDB; 0 for any free one
 * @param runDirectory exists and is this run's own; logs and working directories of tasks go below it
 * @param projectDirectory where template.yaml and examples/ are
 * @param parameters of template.yaml, beside those that follow from the others
 */
public record SystemOptions(
        int instances,
        String instanceType,
        RuntimeKind runtime,
        int interruptions,
        int sqsPort,
        int dynamoDbPort,
        Path runDirectory,
        Path projectDirectory,
        Map<String, String> parameters) {

    public SystemOptions {
        parameters = Map.copyOf(parameters);
    }

    /** With the template's own defaults. */
    public SystemOptions(
            int instances,
            String instanceType,
            RuntimeKind runtime,
            int interruptions,
            int sqsPort,
            int dynamoDbPort,
            Path runDirectory,
            Path projectDirectory) {
        this(
                instances,
                instanceType,
                runtime,
                interruptions,
                sqsPort,
                dynamoDbPort,
                runDirectory,
                projectDirectory,
                Map.of());
    }

    /** The same with a parameter of template.yaml. */
    public SystemOptions withParameter(String name, String value) {
        Map<String, String> more = new HashMap<>(parameters);
        more.put(name, value);
        return new SystemOptions(
                instances,
                instanceType,
                runtime,
                interruptions,
                sqsPort,
                dynamoDbPort,
                runDirectory,
                projectDirectory,
                more);
    }
}
