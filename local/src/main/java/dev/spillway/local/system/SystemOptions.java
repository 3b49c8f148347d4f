package dev.spillway.local.system;

import java.nio.file.Path;

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
 */
public record SystemOptions(
        int instances,
        String instanceType,
        RuntimeKind runtime,
        int interruptions,
        int sqsPort,
        int dynamoDbPort,
        Path runDirectory,
        Path projectDirectory) {}
